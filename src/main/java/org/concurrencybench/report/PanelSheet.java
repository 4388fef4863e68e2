package org.concurrencybench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * The picture that all charts share: a title, a line on how to read it, panels side by side whose rows are named once at
 * the left, and a footer. It is as high as its rows and its wrapped texts need.
 */
final class PanelSheet implements Sheet {

    /** Of every chart, so that the charts of a page stand flush. */
    static final int WIDTH = 1200;

    /** Of a chart on a telephone. */
    static final int NARROW = 360;

    private static final int MARGIN = 24;
    private static final int NARROW_MARGIN = 12;

    /** Room for a row's name there, and how often it may be wrapped before it stands above its row instead. */
    private static final int NARROW_LABEL = 92;

    private static final int MOST_LINES_BESIDE = 3;

    private static final int GAP = 18;
    private static final int ROW_HEIGHT = 58;
    private static final int LABEL_MAXIMUM = 210;
    private static final int LABEL_MARKER = 22;
    private static final int TICKS_HEIGHT = 26;

    /** Room at both sides for the ticks' numbers: JFreeChart cuts off what leaves its area. */
    private static final double BLEED = 12;

    private static final int PANELS_IN_A_ROW = 5;

    private final Typeface typeface;
    private final Words words;
    private final List<Panel> panels;
    private final int width;
    private final int margin;
    private final List<RowLabel> rows;
    private final List<TextBlock> head;
    private final List<TextBlock> foot;
    private final List<Band> bands = new ArrayList<>();
    private final List<List<String>> rowLabels;
    /** Whether names stand above their rows, because they are long and there is no room beside them. */
    private final boolean labelsAbove;

    private final double labelWidth;
    private final double rowHeight;
    private final double panelWidth;
    private final int height;

    /**
     * One panel.
     *
     * @param heading its first line, bold
     * @param subheading what else tells it from the others
     * @param axisLabel with the unit
     * @param reference where a line stands through all rows
     * @param shaded half-width of a shaded band around the reference
     */
    record Panel(
            String heading,
            String subheading,
            PanelAxis axis,
            String axisLabel,
            OptionalDouble reference,
            OptionalDouble shaded,
            List<Mark> marks) {

        /** A panel without a band. */
        Panel(
                String heading,
                String subheading,
                PanelAxis axis,
                String axisLabel,
                OptionalDouble reference,
                List<Mark> marks) {
            this(heading, subheading, axis, axisLabel, reference, OptionalDouble.empty(), marks);
        }
    }

    /** What stands above and below the panels. */
    private record Words(String title, String legend, String footer) {}

    /** What a row is called, and its marker beside that. */
    record RowLabel(Palette.Look look, String text) {}

    /** Lines of one font. */
    private record TextBlock(List<String> lines, Font font, Color color) {

        double height() {
            return lines.size() * lineHeight();
        }

        double lineHeight() {
            return font.getSize2D() * 1.35;
        }
    }

    /** A row of panels with the lines over and under each. */
    private record Band(List<Panel> panels, List<List<TextBlock>> headings, List<TextBlock> axisLabels) {

        double headingHeight() {
            return headings.stream()
                    .mapToDouble(blocks ->
                            blocks.stream().mapToDouble(TextBlock::height).sum())
                    .max()
                    .orElse(0);
        }

        double axisLabelHeight() {
            return axisLabels.stream().mapToDouble(TextBlock::height).max().orElse(0);
        }
    }

    PanelSheet(
            Typeface typeface, String title, String legend, List<Cases.Row> rows, List<Panel> panels, String footer) {
        this(
                typeface,
                title,
                legend,
                rows.stream()
                        .map(row -> new RowLabel(Palette.of(row.model()), row.label()))
                        .toList(),
                LABEL_MAXIMUM,
                panels,
                footer);
    }

    PanelSheet(
            Typeface typeface,
            String title,
            String legend,
            List<RowLabel> rows,
            int labelMaximum,
            List<Panel> panels,
            String footer) {
        this(typeface, new Words(title, legend, footer), rows, labelMaximum, panels, WIDTH);
    }

    private PanelSheet(
            Typeface typeface, Words words, List<RowLabel> rows, int labelMaximum, List<Panel> panels, int width) {
        this.typeface = typeface;
        this.words = words;
        this.panels = List.copyOf(panels);
        this.width = width;
        this.margin = width == NARROW ? NARROW_MARGIN : MARGIN;
        this.rows = List.copyOf(rows);
        double textWidth = width - 2.0 * margin;
        head = List.of(
                block(words.title(), typeface.bold(width == NARROW ? 16 : 20), Palette.INK, textWidth),
                block(words.legend(), typeface.plain(13), Palette.FAINT_INK, textWidth));
        foot = List.of(block(words.footer(), typeface.plain(11), Palette.FAINT_INK, textWidth));

        Font labelFont = typeface.plain(13);
        List<List<String>> beside = wrapped(labelFont, labelMaximum);
        labelsAbove = width == NARROW && beside.stream().anyMatch(lines -> lines.size() > MOST_LINES_BESIDE);
        rowLabels = labelsAbove ? wrapped(labelFont, textWidth - LABEL_MARKER) : beside;
        int lines = rowLabels.stream().mapToInt(List::size).max().orElse(1);
        if (labelsAbove) {
            labelWidth = 0;
            rowHeight = ROW_HEIGHT + lines * 18.0;
        } else {
            labelWidth = LABEL_MARKER
                    + 12
                    + rowLabels.stream()
                            .flatMap(List::stream)
                            .mapToDouble(line -> Typeface.width(line, labelFont))
                            .max()
                            .orElse(0);
            rowHeight = Math.max(ROW_HEIGHT, 10 + 17.0 * lines);
        }

        int bandCount = width == NARROW ? panels.size() : Math.ceilDiv(panels.size(), PANELS_IN_A_ROW);
        int perBand = Math.max(1, Math.ceilDiv(panels.size(), Math.max(1, bandCount)));
        panelWidth = (textWidth - labelWidth - GAP * (perBand - 1.0)) / perBand;
        for (int first = 0; first < panels.size(); first += perBand) {
            bands.add(band(panels.subList(first, Math.min(first + perBand, panels.size()))));
        }

        double total = 2.0 * margin + height(head) + 10 + height(foot);
        for (Band band : bands) {
            total += bandHeight(band);
        }
        height = (int) Math.ceil(total);
    }

    @Override
    public int width() {
        return width;
    }

    /** Its panels one below the other. */
    @Override
    public Optional<Sheet> narrow() {
        return Optional.of(new PanelSheet(typeface, words, rows, NARROW_LABEL, panels, NARROW));
    }

    @Override
    public Optional<NumberTable> numbers() {
        return Optional.of(new NumberTable(
                List.of("Value", "Interval", "Ideal", "Each fork"),
                panels.stream()
                        .map(panel -> new NumberTable.Group(
                                NumberTable.heading(panel.axisLabel(), panel.heading(), panel.subheading()),
                                panel.marks().stream().map(this::numbers).toList()))
                        .toList()));
    }

    private NumberTable.Row numbers(Mark mark) {
        String name = rows.get(mark.row()).text();
        return switch (mark) {
            case Mark.Words(int _, String said) -> new NumberTable.Row(name, List.of(said, "", "", ""));
            case Mark.Measured measured ->
                new NumberTable.Row(
                        name,
                        List.of(
                                measured.label(),
                                measured.interval(),
                                measured.ideal().isPresent()
                                        ? Numbers.ideal(measured.ideal().getAsDouble())
                                        : "",
                                measured.forks().stream().map(Numbers::plain).collect(Collectors.joining(", "))));
        };
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public void draw(Graphics2D graphics) {
        Frame.paper(graphics, width, height);
        double y = margin;
        for (TextBlock block : head) {
            y = drawLeft(graphics, block, margin, y);
        }
        for (Band band : bands) {
            drawBand(graphics, band, y);
            y += bandHeight(band);
        }
        y += 10;
        for (TextBlock block : foot) {
            y = drawLeft(graphics, block, margin, y);
        }
    }

    private List<List<String>> wrapped(Font font, double most) {
        return rows.stream()
                .map(row -> Typeface.wrap(Text.clean(row.text()), font, most))
                .toList();
    }

    private Band band(List<Panel> panels) {
        List<List<TextBlock>> headings = new ArrayList<>();
        List<TextBlock> axisLabels = new ArrayList<>();
        for (Panel panel : panels) {
            headings.add(List.of(
                    block(panel.heading(), typeface.bold(13), Palette.INK, panelWidth),
                    block(panel.subheading(), typeface.plain(12), Palette.INK, panelWidth)));
            axisLabels.add(block(panel.axisLabel(), typeface.plain(11), Palette.FAINT_INK, panelWidth));
        }
        return new Band(List.copyOf(panels), headings, axisLabels);
    }

    private double bandHeight(Band band) {
        return 18 + band.headingHeight() + 6 + rowHeight * rows.size() + TICKS_HEIGHT + band.axisLabelHeight();
    }

    private void drawBand(Graphics2D graphics, Band band, double top) {
        double plotTop = top + 18 + band.headingHeight() + 6;
        double plotHeight = rowHeight * rows.size();
        double plotLeft = margin + labelWidth;
        double panelsWidth = band.panels().size() * (panelWidth + GAP) - GAP;
        ChartRenderingInfo drawn = new ChartRenderingInfo();
        chart(band.panels())
                .draw(
                        graphics,
                        new Rectangle2D.Double(
                                plotLeft - BLEED, plotTop, panelsWidth + 2 * BLEED, plotHeight + TICKS_HEIGHT),
                        null,
                        drawn);
        for (int i = 0; i < band.panels().size(); i++) {
            PlotRenderingInfo panel = drawn.getPlotInfo().getSubplotInfo(i);
            Rectangle2D area = panel.getDataArea();
            double y = top + 18;
            for (TextBlock block : band.headings().get(i)) {
                y = drawLeft(graphics, block, area.getX(), y);
            }
            TextBlock label = band.axisLabels().get(i);
            double labelY = plotTop + plotHeight + TICKS_HEIGHT;
            for (String line : label.lines()) {
                labelY += label.lineHeight();
                drawLine(
                        graphics,
                        label,
                        line,
                        area.getCenterX() - Typeface.width(line, label.font()) / 2,
                        labelY - label.lineHeight() * 0.28);
            }
        }
        Rectangle2D area = drawn.getPlotInfo().getSubplotInfo(0).getDataArea();
        for (int row = 0; row < rows.size(); row++) {
            drawRowLabel(graphics, row, area);
        }
    }

    private void drawRowLabel(Graphics2D graphics, int row, Rectangle2D area) {
        TextBlock label = new TextBlock(rowLabels.get(row), typeface.plain(13), Palette.INK);
        // JFreeChart gives the rows what the ticks leave, which is not to the pixel what they were reckoned to need.
        double drawnHeight = area.getHeight() / rows.size();
        double top = area.getY() + drawnHeight * row;
        double centre = top + drawnHeight / 2;
        if (labelsAbove) {
            graphics.setPaint(Palette.PAPER);
            graphics.fill(new Rectangle2D.Double(0, top, width, label.height() + 4));
            centre = top + 4 + label.lineHeight() / 2;
        }
        rows.get(row).look().paint(graphics, margin + 8.0, centre, false);
        double first = labelsAbove ? top + 2 : centre - label.height() / 2;
        drawLeft(graphics, label, margin + (double) LABEL_MARKER, first);
    }

    private JFreeChart chart(List<Panel> panels) {
        NumberAxis rowAxis = new NumberAxis();
        // Below a name that stands above, the middle of what is left is the middle of the row.
        double lower = labelsAbove ? (rowHeight - ROW_HEIGHT) / 2 / rowHeight : 0;
        rowAxis.setRange(-0.5 - lower, rows.size() - 0.5 - lower);
        rowAxis.setInverted(true);
        rowAxis.setTickUnit(new NumberTickUnit(1));
        // Its names are drawn beside it, with the markers that they explain.
        rowAxis.setVisible(false);
        CombinedRangeXYPlot together = new CombinedRangeXYPlot(rowAxis);
        together.setGap(GAP);
        together.setInsets(RectangleInsets.ZERO_INSETS);
        for (Panel panel : panels) {
            together.add(plot(panel));
        }
        JFreeChart chart = new JFreeChart(null, typeface.plain(13), together, false);
        chart.setPadding(new RectangleInsets(0, BLEED, 0, BLEED));
        chart.setBackgroundPaint(null);
        return chart;
    }

    private XYPlot plot(Panel panel) {
        // The data stand in the annotations; but without a renderer JFreeChart leaves out grid and reference line too.
        XYPlot plot = new XYPlot(
                new DefaultXYDataset(), panel.axis().draw(typeface), null, new XYLineAndShapeRenderer(false, false));
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setBackgroundPaint(Palette.PANEL);
        plot.setOutlinePaint(Palette.GRID);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1f));
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        panel.shaded().ifPresent(half -> {
            double middle = panel.reference().orElse(0);
            IntervalMarker band = new IntervalMarker(middle - half, middle + half, Palette.GRID);
            band.setAlpha(0.55f);
            plot.addDomainMarker(band, Layer.BACKGROUND);
        });
        panel.reference()
                .ifPresent(value -> plot.addDomainMarker(
                        new ValueMarker(value, Palette.FAINT_INK, new BasicStroke(1.6f)), Layer.BACKGROUND));
        for (Mark mark : panel.marks()) {
            plot.addAnnotation(new MarkAnnotation(mark, typeface.bold(12)), false);
        }
        return plot;
    }

    private static TextBlock block(String text, Font font, Color color, double width) {
        return new TextBlock(Typeface.wrap(Text.clean(text), font, width), font, color);
    }

    private static double height(List<TextBlock> blocks) {
        return blocks.stream().mapToDouble(TextBlock::height).sum();
    }

    private static double drawLeft(Graphics2D graphics, TextBlock block, double x, double top) {
        double y = top;
        for (String line : block.lines()) {
            y += block.lineHeight();
            drawLine(graphics, block, line, x, y - block.lineHeight() * 0.28);
        }
        return y;
    }

    private static void drawLine(Graphics2D graphics, TextBlock block, String line, double x, double baseline) {
        graphics.setFont(block.font());
        graphics.setPaint(block.color());
        graphics.drawString(line, (float) x, (float) baseline);
    }
}
