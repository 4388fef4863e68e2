package org.concurrencybench.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.statistics.Estimate;

/** Bars on one scale of time, each made of the phases of a whole, with every phase's name and time under it. */
final class PhasesSheet implements Sheet {

    private static final double SETTING = 24;
    private static final double BAR = 46;
    private static final double LABELS = 78;
    private static final double AXIS = 40;
    private static final double LABEL_GAP = 14;
    private static final double LIST_LINE = 36;
    private static final double RIGHT = 8;

    /** One phase of a bar. */
    record Phase(String name, Estimate millis) {}

    /**
     * One bar.
     *
     * @param setting what tells it from the others; empty where it is the only one
     * @param phases in their order; at least one
     * @param whole the time of all of it, as measured by itself
     */
    record Bar(String setting, List<Phase> phases, Optional<Estimate> whole) {

        /** Copies the list. */
        Bar {
            phases = List.copyOf(phases);
        }

        /** {@code 77%}: a phase's share of all of them. */
        String share(Phase phase) {
            double share = phase.millis().value() / sum();
            return share < 0.005 ? "<1%" : Numbers.percent(share);
        }

        double sum() {
            return phases.stream().mapToDouble(phase -> phase.millis().value()).sum();
        }
    }

    private final Typeface typeface;
    private final Frame frame;
    private final List<Bar> bars;
    private final double longest;

    PhasesSheet(Typeface typeface, Frame.Words words, List<Bar> bars) {
        this(typeface, new Frame(typeface, words, PanelSheet.WIDTH), bars);
    }

    private PhasesSheet(Typeface typeface, Frame frame, List<Bar> bars) {
        this.typeface = typeface;
        this.frame = frame;
        this.bars = List.copyOf(bars);
        longest = bars.stream()
                .mapToDouble(bar ->
                        Math.max(bar.sum(), bar.whole().map(Estimate::value).orElse(0.0)))
                .max()
                .orElse(1);
    }

    @Override
    public int width() {
        return frame.width();
    }

    @Override
    public Optional<NumberTable> numbers() {
        return Optional.of(new NumberTable(
                List.of("ms", "Interval", "Share"),
                bars.stream()
                        .map(bar -> new NumberTable.Group(
                                bar.setting(),
                                bar.phases().stream()
                                        .map(phase -> new NumberTable.Row(
                                                phase.name(),
                                                List.of(
                                                        Numbers.value(phase.millis()),
                                                        interval(phase),
                                                        bar.share(phase))))
                                        .toList()))
                        .toList()));
    }

    /** The phases' names below one another. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new PhasesSheet(typeface, new Frame(typeface, frame.words(), PanelSheet.NARROW), bars));
    }

    private double height(Bar bar) {
        double labels = isList(bar) ? 16 + LIST_LINE * bar.phases().size() : LABELS;
        return (bar.setting().isEmpty() ? 22 : SETTING + 22) + BAR + labels;
    }

    /** Whether the phases' names stand below one another, because they have no room side by side. */
    private boolean isList(Bar bar) {
        return widths(bar).stream().mapToDouble(Double::doubleValue).sum() > frame.inner() + LABEL_GAP;
    }

    private double content() {
        return bars.stream().mapToDouble(this::height).sum() + AXIS;
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        double y = frame.top();
        for (Bar bar : bars) {
            drawBar(graphics, bar, y);
            y += height(bar);
        }
        drawAxis(graphics, y);
    }

    private double place(double millis) {
        return frame.left() + (frame.inner() - RIGHT) * millis / longest;
    }

    private void drawBar(Graphics2D graphics, Bar bar, double top) {
        double y = top;
        if (!bar.setting().isEmpty()) {
            Frame.textWithin(
                    graphics,
                    bar.setting(),
                    typeface.bold(13),
                    Palette.INK,
                    frame.left(),
                    y + 17,
                    frame.right() - frame.left());
            y += SETTING;
        }
        bar.whole()
                .ifPresent(whole -> Frame.textBefore(
                        graphics,
                        "the whole: " + Numbers.withInterval(whole, " ms"),
                        typeface.plain(12),
                        Palette.INK,
                        place(longest),
                        top + (bar.setting().isEmpty() ? 14 : SETTING + 14)));
        y += 22;
        double start = 0;
        List<Double> middles = new ArrayList<>();
        for (int i = 0; i < bar.phases().size(); i++) {
            double end = start + bar.phases().get(i).millis().value();
            double from = place(start);
            // Half a pixel would not be seen at all.
            double to = Math.max(place(end), from + 1);
            graphics.setPaint(Palette.ofPhase(i));
            graphics.fill(new Rectangle2D.Double(from, y, to - from, BAR));
            Frame.line(graphics, Palette.PAPER, 1, to, y, to, y + BAR);
            middles.add((from + to) / 2);
            start = end;
        }
        drawLabels(graphics, bar, middles, y + BAR);
    }

    private void drawLabels(Graphics2D graphics, Bar bar, List<Double> middles, double top) {
        Font bold = typeface.bold(12);
        Font plain = typeface.plain(12);
        Font small = typeface.plain(11);
        if (isList(bar)) {
            drawList(graphics, bar, top);
            return;
        }
        List<Double> lefts = spread(middles, widths(bar), frame.left(), frame.right() + LABEL_GAP);
        for (int i = 0; i < bar.phases().size(); i++) {
            double x = lefts.get(i);
            Phase phase = bar.phases().get(i);
            double shown = x + 5;
            graphics.setPaint(Palette.ofPhase(i));
            graphics.fill(new Rectangle2D.Double(x, top + 18, 10, 10));
            Frame.line(graphics, Palette.FAINT_INK, 1, middles.get(i), top, middles.get(i), top + 5);
            Frame.line(graphics, Palette.FAINT_INK, 1, middles.get(i), top + 5, shown, top + 17);
            Frame.text(graphics, phase.name(), bold, Palette.INK, x + 14, top + 28);
            Frame.text(graphics, time(bar, phase), plain, Palette.INK, x, top + 44);
            Frame.text(graphics, interval(phase), small, Palette.FAINT_INK, x, top + 59);
        }
    }

    /** What each label needs beside the next. */
    private List<Double> widths(Bar bar) {
        List<Double> widths = new ArrayList<>();
        for (Phase phase : bar.phases()) {
            double width = 14 + Typeface.width(phase.name(), typeface.bold(12));
            for (String line : List.of(time(bar, phase), interval(phase))) {
                width = Math.max(width, Typeface.width(line, typeface.plain(12)));
            }
            widths.add(width + LABEL_GAP);
        }
        return widths;
    }

    private void drawList(Graphics2D graphics, Bar bar, double top) {
        for (int i = 0; i < bar.phases().size(); i++) {
            Phase phase = bar.phases().get(i);
            double y = top + 12 + LIST_LINE * i;
            graphics.setPaint(Palette.ofPhase(i));
            graphics.fill(new Rectangle2D.Double(frame.left(), y + 4, 10, 10));
            double x = frame.left() + 16;
            Frame.text(graphics, phase.name(), typeface.bold(12), Palette.INK, x, y + 13);
            String figures = time(bar, phase) + " " + interval(phase);
            Frame.text(graphics, figures, typeface.plain(12), Palette.INK, x, y + 28);
        }
    }

    private static String time(Bar bar, Phase phase) {
        return "%s ms, %s".formatted(Numbers.value(phase.millis()), bar.share(phase));
    }

    private static String interval(Phase phase) {
        return phase.millis().isBounded() ? Numbers.interval(phase.millis()) : "no interval";
    }

    /**
     * Where labels begin so that each is as near to its middle as it can be without covering the next: first from the left,
     * then, where that leads out at the right, back from there.
     */
    static List<Double> spread(List<Double> middles, List<Double> widths, double from, double to) {
        List<Double> lefts = new ArrayList<>();
        double next = from;
        for (int i = 0; i < middles.size(); i++) {
            double left = Math.max(next, middles.get(i) - widths.get(i) / 2);
            lefts.add(left);
            next = left + widths.get(i);
        }
        double end = to;
        for (int i = middles.size() - 1; i >= 0; i--) {
            double left = Math.min(lefts.get(i), end - widths.get(i));
            lefts.set(i, left);
            end = left;
        }
        return lefts;
    }

    private void drawAxis(Graphics2D graphics, double top) {
        Font font = typeface.plain(11);
        Frame.line(graphics, Palette.FAINT_INK, 1, place(0), top, place(longest), top);
        double step = Math.pow(10, Math.floor(Math.log10(longest / 4)));
        for (double factor : new double[] {5, 2}) {
            if (longest / (step * factor) >= 4) {
                step *= factor;
                break;
            }
        }
        for (int i = 0; i * step <= longest; i++) {
            double x = place(i * step);
            Frame.line(graphics, Palette.FAINT_INK, 1, x, top, x, top + 4);
            String label = LogScale.label(i * step);
            if (i == 0) {
                Frame.text(graphics, label, font, Palette.FAINT_INK, x, top + 16);
            } else if (x + Typeface.width(label, font) / 2 < frame.right()) {
                Frame.textAround(graphics, label, font, Palette.FAINT_INK, x, top + 16);
            }
        }
        Frame.textAround(graphics, "ms", font, Palette.FAINT_INK, frame.left() + frame.inner() / 2, top + 32);
    }
}
