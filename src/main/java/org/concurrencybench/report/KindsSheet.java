package org.concurrencybench.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.concurrencybench.statistics.Estimate;

/**
 * Columns side by side, one for each kind of work, and in each the settings below one another: a row for each model with its
 * speed-up on one logarithmic scale that all of them share, and the figures at the right in a column of their own, where
 * nothing can cover them.
 */
final class KindsSheet implements Sheet {

    private static final int COLUMNS_IN_A_ROW = 3;
    private static final double GAP = 26;
    private static final double LEAST_ROW = 36;
    private static final double LABEL_LINE = 15;
    private static final double HEADING = 34;
    private static final double TITLE_LINE = 17;
    private static final double AXIS = 36;
    private static final double BELOW = 16;
    private static final double LABEL_MOST = 190;
    private static final double NARROW_LABEL_MOST = 88;
    private static final double LABEL_MARKER = 24;

    /** How many times its lowest value a scale shows; everything slower stands at its edge. */
    private static final double WIDEST = 10_000;

    /** What is slower still is an arrow with its figure: it would press all others together. */
    static final double SLOWEST = 0.1;

    /**
     * One kind of work.
     *
     * @param heading its name
     * @param blocks its settings
     */
    record Column(String heading, List<Block> blocks) {}

    /**
     * One setting.
     *
     * @param title what tells it from the others
     * @param marks at most one for each row, by its number
     * @param leaders rows whose figures are printed bold
     */
    record Block(String title, List<Mark> marks, Set<Integer> leaders) {}

    private final Typeface typeface;
    private final Frame frame;
    private final List<PanelSheet.RowLabel> rows;
    private final List<Column> columns;
    private final double labelWidth;
    private final double columnWidth;
    private final double figuresWidth;
    private final double rowHeight;
    private final int abreast;
    private final double low;
    private final double high;

    KindsSheet(Typeface typeface, Frame.Words words, List<PanelSheet.RowLabel> rows, List<Column> columns) {
        this(typeface, new Frame(typeface, words, PanelSheet.WIDTH), rows, columns);
    }

    private KindsSheet(Typeface typeface, Frame frame, List<PanelSheet.RowLabel> rows, List<Column> columns) {
        this.typeface = typeface;
        this.frame = frame;
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
        labelWidth = LABEL_MARKER
                + 14
                + rows.stream()
                        .flatMap(row -> label(row).stream())
                        .mapToDouble(line -> Typeface.width(line, typeface.plain(13)))
                        .max()
                        .orElse(0);
        int lines = rows.stream().mapToInt(row -> label(row).size()).max().orElse(1);
        rowHeight = Math.max(LEAST_ROW, 6.0 + LABEL_LINE * lines);
        abreast = frame.isNarrow() ? 1 : Math.min(COLUMNS_IN_A_ROW, columns.size());
        columnWidth = (frame.inner() - labelWidth - GAP * (abreast - 1)) / abreast;
        figuresWidth = Math.max(
                widest(Mark.Measured::label, typeface.bold(13)), widest(Mark.Measured::interval, typeface.plain(11)));
        double[] ends = ends();
        low = ends[0];
        high = ends[1];
    }

    @Override
    public int width() {
        return frame.width();
    }

    @Override
    public Optional<NumberTable> numbers() {
        List<NumberTable.Group> groups = new ArrayList<>();
        for (Column column : columns) {
            for (Block block : column.blocks()) {
                groups.add(new NumberTable.Group(
                        NumberTable.heading("speed-up (×)", column.heading(), block.title()),
                        block.marks().stream().map(this::numbers).toList()));
            }
        }
        return Optional.of(new NumberTable(List.of("Value", "Interval", "Ideal"), groups));
    }

    private NumberTable.Row numbers(Mark mark) {
        String name = rows.get(mark.row()).text();
        return switch (mark) {
            case Mark.Words(int _, String said) -> new NumberTable.Row(name, List.of(said, "", ""));
            case Mark.Measured measured ->
                new NumberTable.Row(
                        name,
                        List.of(
                                measured.label(),
                                measured.interval(),
                                measured.ideal().isPresent()
                                        ? Numbers.ideal(measured.ideal().getAsDouble())
                                        : ""));
        };
    }

    /** Its columns one below the other. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(
                new KindsSheet(typeface, new Frame(typeface, frame.words(), PanelSheet.NARROW), rows, columns));
    }

    private List<String> label(PanelSheet.RowLabel row) {
        double most = frame.isNarrow() ? NARROW_LABEL_MOST : LABEL_MOST;
        return Typeface.wrap(Text.clean(row.text()), typeface.plain(13), most);
    }

    private Stream<Mark.Measured> measured() {
        return columns.stream()
                .flatMap(column -> column.blocks().stream())
                .flatMap(block -> block.marks().stream())
                .flatMap(mark -> mark instanceof Mark.Measured one ? Stream.of(one) : Stream.empty());
    }

    private double widest(Function<Mark.Measured, String> text, Font font) {
        return measured()
                .mapToDouble(mark -> Typeface.width(text.apply(mark), font))
                .max()
                .orElse(0);
    }

    /** Of the one scale: all values and ideals, and intervals as far as they do not stretch it beyond reason. */
    private double[] ends() {
        double lowest = 0.9;
        double highest = 1.1;
        for (Mark.Measured mark : measured().toList()) {
            lowest = Math.min(lowest, mark.estimate().value());
            highest = Math.max(
                    highest, Math.max(mark.estimate().value(), mark.ideal().orElse(0)));
        }
        double least = lowest / 1.5;
        double most = highest * 1.5;
        for (Mark.Measured mark : measured().toList()) {
            if (mark.estimate().isBounded()) {
                lowest = Math.min(lowest, Math.max(mark.estimate().low(), least));
                highest = Math.max(highest, Math.min(mark.estimate().high(), most));
            }
        }
        return new double[] {Math.max(Math.max(lowest, SLOWEST), highest / WIDEST), highest};
    }

    /** The columns that stand in one row of the picture. */
    private List<List<Column>> bands() {
        List<List<Column>> bands = new ArrayList<>();
        for (int first = 0; first < columns.size(); first += abreast) {
            bands.add(columns.subList(first, Math.min(first + abreast, columns.size())));
        }
        return bands;
    }

    /** The settings that stand beside each other at one level; columns that have fewer leave a gap. */
    private record Level(List<Optional<Block>> blocks, List<List<String>> titles, List<Integer> rows) {}

    private List<Level> levels(List<Column> band) {
        List<Level> levels = new ArrayList<>();
        int deepest =
                band.stream().mapToInt(column -> column.blocks().size()).max().orElse(0);
        for (int i = 0; i < deepest; i++) {
            int level = i;
            List<Optional<Block>> blocks = band.stream()
                    .map(column -> level < column.blocks().size()
                            ? Optional.of(column.blocks().get(level))
                            : Optional.<Block>empty())
                    .toList();
            List<List<String>> titles = blocks.stream()
                    .map(block -> block.map(
                                    one -> Typeface.wrap(Text.clean(one.title()), typeface.plain(13), titleWidth()))
                            .orElse(List.of()))
                    .toList();
            List<Integer> shown = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                int at = row;
                if (blocks.stream()
                        .flatMap(Optional::stream)
                        .flatMap(block -> block.marks().stream())
                        .anyMatch(mark -> mark.row() == at)) {
                    shown.add(row);
                }
            }
            levels.add(new Level(blocks, titles, shown));
        }
        return levels;
    }

    private double titleWidth() {
        return frame.isNarrow() ? frame.inner() : columnWidth;
    }

    private static double titleHeight(Level level) {
        return 8
                + TITLE_LINE
                        * level.titles().stream().mapToInt(List::size).max().orElse(1);
    }

    private double height(Level level) {
        return titleHeight(level) + rowHeight * level.rows().size() + AXIS + BELOW;
    }

    private double content() {
        return bands().stream()
                .mapToDouble(band -> HEADING
                        + levels(band).stream().mapToDouble(this::height).sum())
                .sum();
    }

    @Override
    public int height() {
        return frame.height(content());
    }

    @Override
    public void draw(Graphics2D graphics) {
        frame.draw(graphics, content());
        double y = frame.top();
        for (List<Column> band : bands()) {
            for (int i = 0; i < band.size(); i++) {
                Frame.line(graphics, Palette.INK, 2, headingLeft(i), y + 2, left(i) + columnWidth, y + 2);
                Font large = typeface.bold(17);
                double room = left(i) + columnWidth - headingLeft(i);
                String heading = Typeface.shortened(Text.clean(band.get(i).heading()), large, room);
                Frame.text(graphics, heading, large, Palette.INK, headingLeft(i), y + 26);
            }
            y += HEADING;
            for (Level level : levels(band)) {
                drawLevel(graphics, level, y);
                y += height(level);
            }
        }
    }

    private double left(int column) {
        return frame.left() + labelWidth + column * (columnWidth + GAP);
    }

    /** Of headings and titles, which on a narrow picture need the room over the rows' names too. */
    private double headingLeft(int column) {
        return frame.isNarrow() ? frame.left() : left(column);
    }

    private void drawLevel(Graphics2D graphics, Level level, double top) {
        double y = top + titleHeight(level);
        for (int i = 0; i < level.rows().size(); i++) {
            drawLabel(graphics, rows.get(level.rows().get(i)), y + rowHeight * (i + 0.5));
        }
        for (int column = 0; column < level.blocks().size(); column++) {
            double x = left(column);
            double titleX = headingLeft(column);
            List<String> title = level.titles().get(column);
            for (int line = 0; line < title.size(); line++) {
                Frame.text(
                        graphics,
                        title.get(line),
                        typeface.plain(13),
                        Palette.INK,
                        titleX,
                        top + TITLE_LINE * (line + 0.85));
            }
            level.blocks().get(column).ifPresent(block -> new BlockDrawing(graphics, level.rows(), block, x, y).draw());
        }
    }

    private void drawLabel(Graphics2D graphics, PanelSheet.RowLabel row, double centre) {
        row.look().paint(graphics, frame.left() + 8, centre, false);
        List<String> lines = label(row);
        for (int i = 0; i < lines.size(); i++) {
            Frame.text(
                    graphics,
                    lines.get(i),
                    typeface.plain(13),
                    Palette.INK,
                    frame.left() + LABEL_MARKER,
                    centre + 4.5 + 15 * (i - (lines.size() - 1) / 2.0));
        }
    }

    /** One setting while it is drawn. */
    private final class BlockDrawing {

        private static final Color SLOWER = Palette.GRID;

        private final Graphics2D graphics;
        private final List<Integer> shown;
        private final Block block;
        private final Rectangle2D plot;
        private final LogScale scale;
        private final double figures;

        BlockDrawing(Graphics2D graphics, List<Integer> shown, Block block, double left, double top) {
            this.graphics = graphics;
            this.shown = shown;
            this.block = block;
            double width = columnWidth - figuresWidth - 10;
            plot = new Rectangle2D.Double(left, top, width, rowHeight * shown.size());
            scale = LogScale.over(low, high, left + 9, left + width - 9);
            figures = left + width + 10;
        }

        void draw() {
            graphics.setPaint(Palette.PANEL);
            graphics.fill(plot);
            double one = scale.place(1);
            Color slower = new Color(SLOWER.getRed(), SLOWER.getGreen(), SLOWER.getBlue(), 130);
            graphics.setPaint(slower);
            graphics.fill(new Rectangle2D.Double(plot.getX(), plot.getY(), one - plot.getX(), plot.getHeight()));
            for (double tick : ticks()) {
                double x = scale.place(tick);
                Frame.line(graphics, Palette.GRID, 1, x, plot.getY(), x, plot.getMaxY());
                Frame.textAround(
                        graphics,
                        LogScale.label(tick) + "×",
                        typeface.plain(11),
                        Palette.FAINT_INK,
                        x,
                        plot.getMaxY() + 14);
            }
            Frame.line(graphics, Palette.FAINT_INK, 1.6, one, plot.getY(), one, plot.getMaxY());
            drawDirections(one);
            for (int i = 0; i < shown.size(); i++) {
                drawRow(shown.get(i), plot.getY() + rowHeight * (i + 0.5));
            }
        }

        private void drawDirections(double one) {
            Font font = typeface.plain(11);
            double baseline = plot.getMaxY() + 30;
            String slower = "← slower";
            if (one - 5 - Typeface.width(slower, font) >= plot.getX()) {
                Frame.textBefore(graphics, slower, font, Palette.FAINT_INK, one - 5, baseline);
            }
            Frame.text(graphics, "faster →", font, Palette.FAINT_INK, one + 5, baseline);
        }

        /** Those whose words keep a distance to each other; 1 is always among the powers of ten. */
        private List<Double> ticks() {
            return Frame.ticks(scale, 7, tick -> LogScale.label(tick) + "×", typeface.plain(11));
        }

        private void drawRow(int row, double y) {
            Optional<Mark> mark =
                    block.marks().stream().filter(one -> one.row() == row).findFirst();
            switch (mark.orElse(new Mark.Words(row, "not measured"))) {
                case Mark.Words words ->
                    Frame.text(
                            graphics,
                            words.words(),
                            typeface.plain(11).deriveFont(Font.ITALIC),
                            Palette.FAINT_INK,
                            figures,
                            y + 4);
                case Mark.Measured measured ->
                    drawMeasured(measured, y, block.leaders().contains(row));
            }
        }

        private void drawMeasured(Mark.Measured measured, double y, boolean leads) {
            Palette.Look look = measured.look();
            Estimate estimate = measured.estimate();
            double x = scale.place(estimate.value());
            graphics.setPaint(look.faded(leads ? 0.85 : 0.4));
            double one = scale.place(1);
            graphics.fill(new Rectangle2D.Double(Math.min(one, x), y - 2.5, Math.abs(x - one), 5));
            measured.ideal().ifPresent(ideal -> {
                double at = scale.place(ideal);
                Frame.line(graphics, Palette.INK, 2.6, at, y - 12, at, y + 12);
            });
            if (estimate.isBounded()) {
                new Whisker(scale.place(estimate.low()), x, scale.place(estimate.high()))
                        .drawLevel(graphics, look.color(), 1.8f, y);
            }
            if (scale.holds(estimate.value())) {
                look.paint(graphics, x, y, !estimate.isBounded());
            } else {
                drawArrow(look, estimate.value() < 1, y);
            }
            Font bold = typeface.bold(13);
            Frame.text(graphics, measured.label(), leads ? bold : typeface.plain(13), Palette.INK, figures, y - 1.5);
            Frame.text(graphics, measured.interval(), typeface.plain(11), Palette.FAINT_INK, figures, y + 12);
        }

        /** For a value beyond the scale. */
        private void drawArrow(Palette.Look look, boolean left, double y) {
            double tip = left ? plot.getX() + 1 : plot.getMaxX() - 1;
            double back = left ? tip + 11 : tip - 11;
            Path2D head = new Path2D.Double();
            head.moveTo(tip, y);
            head.lineTo(back, y - 6);
            head.lineTo(back, y + 6);
            head.closePath();
            graphics.setPaint(look.color());
            graphics.fill(head);
        }
    }
}
