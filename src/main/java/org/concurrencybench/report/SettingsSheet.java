package org.concurrencybench.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.statistics.Estimate;

/** Settings below one another, each with all of its models on one line and the standing in words at its end. */
final class SettingsSheet implements Sheet {

    private static final double NAME_WIDTH = 330;
    private static final double STANDING_WIDTH = 350;
    private static final double GAP = 16;
    private static final double STANDING_MARKER = 22;
    private static final double LEAST_ROW = 30;
    private static final double TEXT_LINE = 15;
    private static final double HEADING = 30;
    private static final double AXIS = 36;

    /** Markers nearer to each other than this stand above and below the line. */
    private static final double APART = 12;

    private static final double[] LANES = {0, -8, 8};

    /** One model. */
    record Dot(String model, Estimate speedup) {}

    /**
     * One setting.
     *
     * @param ideal the highest of its models
     * @param winner the model that is clearly ahead
     * @param standing who is ahead, in words
     */
    record Line(
            String kind,
            String title,
            List<Dot> dots,
            OptionalDouble ideal,
            Optional<String> winner,
            String standing) {}

    private final Typeface typeface;
    private final Frame frame;
    private final List<Line> lines;
    private final LogScale scale;

    SettingsSheet(Typeface typeface, Frame.Words words, List<Line> lines) {
        this(typeface, new Frame(typeface, words, PanelSheet.WIDTH), lines);
    }

    private SettingsSheet(Typeface typeface, Frame frame, List<Line> lines) {
        this.typeface = typeface;
        this.frame = frame;
        this.lines = List.copyOf(lines);
        double low = 0.9;
        double high = 1.1;
        for (Line line : lines) {
            high = Math.max(high, line.ideal().orElse(1));
            for (Dot dot : line.dots()) {
                low = Math.min(low, dot.speedup().value());
                high = Math.max(high, dot.speedup().value());
            }
        }
        scale = LogScale.over(low, high, plotLeft() + 10, plotRight() - 10);
    }

    @Override
    public int width() {
        return frame.width();
    }

    @Override
    public Optional<NumberTable> numbers() {
        return Optional.of(new NumberTable(
                List.of("Speed-up", "Interval"),
                lines.stream()
                        .map(line -> new NumberTable.Group(
                                line.kind() + ", " + line.title(),
                                line.dots().stream()
                                        .map(dot -> new NumberTable.Row(
                                                dot.model(),
                                                List.of(
                                                        Numbers.value(dot.speedup()) + "×",
                                                        dot.speedup().isBounded()
                                                                ? Numbers.interval(dot.speedup())
                                                                : "")))
                                        .toList()))
                        .toList()));
    }

    /** Names above their lines and the standing below them. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new SettingsSheet(typeface, new Frame(typeface, frame.words(), PanelSheet.NARROW), lines));
    }

    private double plotLeft() {
        return frame.isNarrow() ? frame.left() : frame.left() + NAME_WIDTH + GAP;
    }

    private double plotRight() {
        return frame.isNarrow() ? frame.right() : frame.right() - STANDING_WIDTH - GAP;
    }

    private List<String> name(Line line) {
        return Typeface.wrap(
                Text.clean(line.title()), typeface.plain(12), frame.isNarrow() ? frame.inner() : NAME_WIDTH);
    }

    private List<String> standing(Line line) {
        double room = frame.isNarrow() ? frame.inner() : STANDING_WIDTH;
        return Typeface.wrap(Text.clean(line.standing()), typeface.plain(12), room - STANDING_MARKER);
    }

    private double rowHeight(Line line) {
        return frame.isNarrow()
                ? above(line) + LEAST_ROW + TEXT_LINE * standing(line).size() + 12
                : Math.max(
                        LEAST_ROW,
                        8
                                + TEXT_LINE
                                        * Math.max(
                                                name(line).size(),
                                                standing(line).size()));
    }

    /** What stands over the markers on a narrow picture. */
    private double above(Line line) {
        return 6 + TEXT_LINE * name(line).size();
    }

    private List<String> kinds() {
        return lines.stream().map(Line::kind).distinct().toList();
    }

    private double content() {
        return kinds().size() * (HEADING + AXIS)
                + lines.stream().mapToDouble(this::rowHeight).sum();
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        double y = frame.top();
        for (String kind : kinds()) {
            List<Line> ofKind =
                    lines.stream().filter(line -> line.kind().equals(kind)).toList();
            double height = ofKind.stream().mapToDouble(this::rowHeight).sum();
            Frame.textWithin(
                    graphics, kind, typeface.bold(14), Palette.INK, frame.left(), y + 22, frame.right() - frame.left());
            y += HEADING;
            drawAxis(graphics, y, height);
            for (Line line : ofKind) {
                double row = rowHeight(line);
                drawLine(graphics, line, y, row);
                Frame.line(graphics, Palette.GRID, 1, frame.left(), y + row, frame.right(), y + row);
                y += row;
            }
            y += AXIS;
        }
    }

    private void drawAxis(Graphics2D graphics, double top, double height) {
        if (!frame.isNarrow()) {
            drawGrid(graphics, top, height);
        }
        Font font = typeface.plain(11);
        for (double tick : ticks()) {
            Frame.textAround(
                    graphics,
                    LogScale.label(tick) + "×",
                    font,
                    Palette.FAINT_INK,
                    scale.place(tick),
                    top + height + 14);
        }
        Frame.text(graphics, "speed-up, log scale", font, Palette.FAINT_INK, plotLeft(), top + height + 30);
    }

    private List<Double> ticks() {
        return Frame.ticks(scale, 9, tick -> LogScale.label(tick) + "×", typeface.plain(11));
    }

    private void drawGrid(Graphics2D graphics, double top, double height) {
        graphics.setPaint(Palette.PANEL);
        graphics.fill(new Rectangle2D.Double(plotLeft(), top, plotRight() - plotLeft(), height));
        for (double tick : ticks()) {
            double x = scale.place(tick);
            Frame.line(graphics, Palette.GRID, 1, x, top, x, top + height);
        }
        double one = scale.place(1);
        Frame.line(graphics, Palette.FAINT_INK, 1.6, one, top, one, top + height);
    }

    private void drawLine(Graphics2D graphics, Line line, double top, double height) {
        double y = frame.isNarrow() ? top + above(line) + LEAST_ROW / 2 : top + height / 2;
        double nameY = frame.isNarrow() ? top + above(line) / 2 : y;
        if (frame.isNarrow()) {
            drawGrid(graphics, y - LEAST_ROW / 2, LEAST_ROW);
        }
        drawText(graphics, name(line), typeface.plain(12), frame.left(), nameY);
        line.ideal().ifPresent(ideal -> {
            double x = scale.place(ideal);
            Frame.line(graphics, Palette.INK, 2.6, x, y - 12, x, y + 12);
        });
        List<Dot> dots = new ArrayList<>(line.dots());
        dots.sort(Comparator.comparingDouble(dot -> dot.speedup().value()));
        double[] ends = new double[LANES.length];
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
        for (Dot dot : dots) {
            double x = scale.place(dot.speedup().value());
            int lane = 0;
            while (lane < LANES.length - 1 && x - ends[lane] < APART) {
                lane++;
            }
            ends[lane] = x;
            Palette.of(dot.model())
                    .paint(graphics, x, y + LANES[lane], !dot.speedup().isBounded());
        }
        double right = frame.isNarrow() ? frame.left() : plotRight() + GAP;
        double standingY = frame.isNarrow()
                ? y + LEAST_ROW / 2 + TEXT_LINE * standing(line).size() / 2.0 + 2
                : y;
        line.winner().ifPresent(model -> Palette.of(model).paint(graphics, right + 8, standingY, false));
        Font font = typeface.plain(12);
        drawText(
                graphics,
                standing(line),
                line.winner().isPresent() ? font : font.deriveFont(Font.ITALIC),
                right + STANDING_MARKER,
                standingY);
    }

    private static void drawText(Graphics2D graphics, List<String> text, Font font, double x, double middle) {
        for (int i = 0; i < text.size(); i++) {
            Frame.text(
                    graphics,
                    text.get(i),
                    font,
                    Palette.INK,
                    x,
                    middle + 4.5 + TEXT_LINE * (i - (text.size() - 1) / 2.0));
        }
    }
}
