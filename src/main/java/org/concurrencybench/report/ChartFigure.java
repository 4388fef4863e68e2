package org.concurrencybench.report;

/** A chart on a page: the picture, what to look for, and its numbers as text. */
final class ChartFigure {

    /**
     * Height beyond which letters of 11 would be less than 8.5 high if the whole picture had to fit into the 172 mm that the
     * style sheet has for it on a page of paper. Such a picture goes over several pages.
     */
    private static final int TALLEST_ON_PAPER = 840;

    private ChartFigure() {}

    static void write(Markup html, ChartFiles drawn) {
        Chart chart = drawn.chart();
        String numbers = chart.name() + "-numbers";
        String name = chart.title();
        boolean tall = chart.sheet().height() > TALLEST_ON_PAPER;
        html.line("<figure id=\"chart-%s\"" + (tall ? " class=\"tall\">" : ">"), chart.name());
        if (drawn.hasNarrow()) {
            html.line("<div class=\"chart\">");
        } else {
            html.line("<p class=\"hint\" aria-hidden=\"true\">This picture is wide: scroll it sideways.</p>");
            html.line(
                    "<div class=\"chart sideways\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">",
                    "Wide picture: " + name);
        }
        html.raw(drawn.inPage(numbers));
        html.line("</div>");
        html.line("<figcaption>%s</figcaption>", chart.caption());
        html.line("<details class=\"numbers\" id=\"%s\">", numbers);
        html.line("<summary>The numbers in this picture</summary>");
        chart.sheet()
                .numbers()
                .ifPresentOrElse(
                        table -> {
                            html.line(
                                    "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">",
                                    "Numbers: " + name);
                            table.write(html, chart.caption());
                            html.line("</div>");
                        },
                        () -> html.line("<p>%s</p>", chart.description()));
        html.line("</details>");
        html.line("</figure>");
    }
}
