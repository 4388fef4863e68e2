package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.concurrencybench.sample.HistoryEntry;
import org.concurrencybench.statistics.Estimate;

/**
 * The cases of one benchmark over commits, a panel for each. A line is one machine's, and lines of different machines are
 * never joined. Thick lines are levels between change points, which are marked with the commit that began the new one.
 */
final class HistorySheet implements Sheet {

    private static final int GAP = 34;
    private static final int IN_A_ROW = 2;
    private static final int PLOT_HEIGHT = 190;
    private static final int LEFT = 54;
    private static final int HEADING = 24;
    private static final int FOOT = 44;

    /** Commits of one line whose numbers are listed. */
    private static final int MOST_LISTED = 60;

    private static final int MOST_TICKS = 6;
    private static final int SHORT_HASH = 8;
    private static final double STRETCH = 0.5;

    private static final String LEGEND =
            "Score of each commit with its interval, in the order of commits. Thick: the level, which changes where the "
                    + "scores before and after differ by more than chance (E-divisive, 1 %). Broken line: the commit that "
                    + "began a new level, with its change; above 0 is slower.";

    private final Typeface typeface;
    private final Frame frame;
    private final List<History.Case> cases;
    private final Map<String, Palette.Look> machines;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final int abreast;
    private final double panelWidth;

    HistorySheet(Typeface typeface, String title, List<History.Case> cases) {
        this(typeface, title, cases, PanelSheet.WIDTH);
    }

    private HistorySheet(Typeface typeface, String title, List<History.Case> cases, int width) {
        this.typeface = typeface;
        this.cases = List.copyOf(cases);
        machines = Palette.ofAll(cases.stream()
                .flatMap(one -> one.lines().stream())
                .map(History.Line::label)
                .collect(Collectors.toCollection(TreeSet::new)));
        frame = new Frame(
                typeface,
                new Frame.Words(
                        title,
                        LEGEND,
                        "",
                        machines.entrySet().stream()
                                .map(machine -> new Frame.Key(machine.getValue(), machine.getKey()))
                                .toList()),
                width);
        abreast = frame.isNarrow() ? 1 : IN_A_ROW;
        panelWidth = (frame.inner() - GAP * (abreast - 1.0)) / abreast;
        cases.stream()
                .flatMap(one -> one.lines().stream())
                .flatMap(line -> line.entries().stream())
                .sorted(Comparator.comparing(HistoryEntry::date))
                .forEach(entry -> places.putIfAbsent(entry.commit(), places.size()));
    }

    @Override
    public int width() {
        return frame.width();
    }

    /** Its panels one below the other. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new HistorySheet(typeface, frame.words().title(), cases, PanelSheet.NARROW));
    }

    @Override
    public Optional<NumberTable> numbers() {
        return Optional.of(new NumberTable(
                List.of("Score", "Interval", "New level"),
                cases.stream()
                        .flatMap(one -> one.lines().stream().map(line -> numbers(one, line)))
                        .toList()));
    }

    /** The latest commits of a line, the oldest of them first. */
    private static NumberTable.Group numbers(History.Case one, History.Line line) {
        int all = line.entries().size();
        int first = Math.max(0, all - MOST_LISTED);
        List<NumberTable.Row> rows = new ArrayList<>();
        for (int i = first; i < all; i++) {
            HistoryEntry entry = line.entries().get(i);
            int at = i;
            rows.add(new NumberTable.Row(
                    shortened(entry.commit()),
                    List.of(
                            Numbers.value(entry.score()),
                            entry.score().isBounded() ? Numbers.interval(entry.score()) : "no interval",
                            line.changes().stream()
                                    .filter(change -> change.at() == at)
                                    .map(change -> ChangeText.percent(change.worsening()))
                                    .collect(Collectors.joining()))));
        }
        return new NumberTable.Group(
                NumberTable.heading(
                        first == 0
                                ? "%d commits".formatted(all)
                                : "the last %d of %d commits".formatted(MOST_LISTED, all),
                        one.label(),
                        line.label()),
                rows);
    }

    private double content() {
        return Math.ceilDiv(cases.size(), abreast) * rowHeight();
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    private static double rowHeight() {
        return HEADING + PLOT_HEIGHT + FOOT;
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        for (int i = 0; i < cases.size(); i++) {
            double left = frame.left() + i % abreast * (panelWidth + GAP);
            int row = i / abreast;
            drawPanel(graphics, cases.get(i), left, frame.top() + row * rowHeight());
        }
    }

    private Palette.Look look(History.Line line) {
        return machines.getOrDefault(line.label(), Palette.PLAIN);
    }

    private void drawPanel(Graphics2D graphics, History.Case one, double left, double top) {
        Font bold = typeface.bold(13);
        List<String> heading = Typeface.wrap(Text.clean(one.label()), bold, panelWidth - 12);
        String shown = heading.getFirst() + (heading.size() > 1 ? "…" : "");
        Frame.text(graphics, shown, bold, Palette.INK, left, top + 14);
        Rectangle2D plot = new Rectangle2D.Double(left + LEFT, top + HEADING, panelWidth - LEFT, PLOT_HEIGHT);
        graphics.setPaint(Palette.PANEL);
        graphics.fill(plot);
        Scale scale = Scale.of(one, plot);
        drawAxes(graphics, plot, scale);
        List<Rectangle2D> labels = new ArrayList<>();
        for (History.Line line : one.lines()) {
            drawLine(graphics, line, plot, scale);
            for (History.Change change : line.changes()) {
                drawChange(graphics, line, change, plot, labels);
            }
        }
    }

    private void drawAxes(Graphics2D graphics, Rectangle2D plot, Scale scale) {
        Font font = typeface.plain(11);
        graphics.setStroke(new BasicStroke(1f));
        for (double tick : new LogScale(scale.low, scale.high, 0, 1).ticks(MOST_TICKS)) {
            double y = scale.y(tick);
            graphics.setPaint(Palette.GRID);
            graphics.draw(new Line2D.Double(plot.getX(), y, plot.getMaxX(), y));
            String label = LogScale.label(tick);
            Frame.text(graphics, label, font, Palette.FAINT_INK, plot.getX() - 6 - Typeface.width(label, font), y + 4);
        }
        List<String> commits = List.copyOf(places.keySet());
        Frame.text(graphics, shortened(commits.getFirst()), font, Palette.FAINT_INK, plot.getX(), plot.getMaxY() + 32);
        String last = shortened(commits.getLast());
        double right = plot.getMaxX() - Typeface.width(last, font);
        if (commits.size() > 1) {
            Frame.text(graphics, last, font, Palette.FAINT_INK, right, plot.getMaxY() + 32);
        }
    }

    private void drawLine(Graphics2D graphics, History.Line line, Rectangle2D plot, Scale scale) {
        Palette.Look look = look(line);
        graphics.setPaint(look.faded(0.5));
        graphics.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D path = new Path2D.Double();
        for (HistoryEntry entry : line.entries()) {
            double x = x(entry, plot);
            double y = scale.y(entry.score().value());
            if (path.getCurrentPoint() == null) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
            if (entry.score().isBounded()) {
                graphics.draw(new Line2D.Double(
                        x,
                        scale.y(entry.score().low()),
                        x,
                        scale.y(entry.score().high())));
            }
        }
        graphics.draw(path);
        graphics.setPaint(look.color());
        graphics.setStroke(new BasicStroke(3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        for (History.Level level : line.levels()) {
            double y = scale.y(level.height());
            graphics.draw(new Line2D.Double(
                    x(line.entries().get(level.from()), plot) - 3,
                    y,
                    x(line.entries().get(level.to() - 1), plot) + 3,
                    y));
        }
        for (HistoryEntry entry : line.entries()) {
            double radius = 2;
            graphics.fill(new Ellipse2D.Double(
                    x(entry, plot) - radius, scale.y(entry.score().value()) - radius, 2 * radius, 2 * radius));
        }
    }

    /** The label goes below the plot, or into its top where another is in the way; the page's table has those that find no room. */
    private void drawChange(
            Graphics2D graphics, History.Line line, History.Change change, Rectangle2D plot, List<Rectangle2D> labels) {
        HistoryEntry first = line.entries().get(change.at());
        double x = x(first, plot) - step(plot) / 2;
        Color color = look(line).color();
        graphics.setPaint(color);
        graphics.setStroke(
                new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {5f, 4f}, 0f));
        graphics.draw(new Line2D.Double(x, plot.getY(), x, plot.getMaxY() + 4));
        Font font = typeface.bold(11);
        String label = ChangeText.percent(change.worsening()) + " " + shortened(first.commit());
        double width = Typeface.width(label, font);
        double at = Math.clamp(x - width / 2, plot.getX(), Math.max(plot.getX(), plot.getMaxX() - width));
        for (double baseline : new double[] {plot.getMaxY() + 17, plot.getY() + 13}) {
            Rectangle2D room = new Rectangle2D.Double(at - 4, baseline - 11, width + 8, 14);
            if (labels.stream().noneMatch(room::intersects)) {
                labels.add(room);
                Frame.text(graphics, label, font, color, at, baseline);
                return;
            }
        }
    }

    private double x(HistoryEntry entry, Rectangle2D plot) {
        return plot.getX() + step(plot) * (places.getOrDefault(entry.commit(), 0) + 0.5);
    }

    private double step(Rectangle2D plot) {
        return plot.getWidth() / Math.max(1, places.size());
    }

    /** As much of a hash as people say. */
    static String shortened(String commit) {
        return commit.substring(0, Math.min(SHORT_HASH, commit.length()));
    }

    /** The logarithmic axis of scores: a step of ten per cent is as high wherever it stands. */
    private record Scale(double low, double high, double top, double bottom) {

        static Scale of(History.Case one, Rectangle2D plot) {
            double[] values = one.lines().stream()
                    .flatMap(line -> line.entries().stream())
                    .mapToDouble(entry -> entry.score().value())
                    .sorted()
                    .toArray();
            double low = values[0];
            double high = values[values.length - 1];
            double room = Math.max(1.05, Math.pow(high / low, STRETCH));
            double lowest = low / room;
            double highest = high * room;
            for (History.Line line : one.lines()) {
                for (HistoryEntry entry : line.entries()) {
                    Estimate score = entry.score();
                    if (score.isBounded()) {
                        low = Math.min(low, Math.max(score.low(), lowest));
                        high = Math.max(high, Math.min(score.high(), highest));
                    }
                }
            }
            return new Scale(
                    Math.max(Double.MIN_NORMAL, low / 1.05),
                    Math.min(Double.MAX_VALUE, high * 1.05),
                    plot.getY() + 6,
                    plot.getMaxY() - 6);
        }

        double y(double value) {
            double clamped = Math.clamp(value, low, high);
            return bottom - (bottom - top) * (Math.log(clamped) - Math.log(low)) / (Math.log(high) - Math.log(low));
        }
    }
}
