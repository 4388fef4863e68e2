package org.concurrencybench.report;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The letters of all charts: a family that this machine has, and for an SVG the families of the same widths that the
 * reader's machine may have instead.
 */
record Typeface(String family, String svgFamilies) {

    /** Letters of one width each: a chart that was measured with one of a row still fits with another of it. */
    private static final List<List<String>> SAME_WIDTHS = List.of(
            List.of("Liberation Sans", "Arimo", "Arial", "Helvetica"),
            List.of("DejaVu Sans", "Bitstream Vera Sans", "Verdana"));

    private static final FontRenderContext SCREEN = new FontRenderContext(null, true, true);

    /**
     * The typeface to draw with on this machine.
     *
     * @throws IllegalStateException where it has none; a JDK without fonts may also throw many another thing, Errors
     *     among them
     */
    static Typeface find() {
        Set<String> installed =
                Set.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
        if (installed.isEmpty()) {
            throw new IllegalStateException("no font families");
        }
        for (List<String> families : SAME_WIDTHS) {
            for (String family : families) {
                if (installed.contains(family)) {
                    return new Typeface(family, quoted(families));
                }
            }
        }
        return new Typeface(Font.SANS_SERIF, "sans-serif");
    }

    Font plain(int size) {
        return new Font(family, Font.PLAIN, size);
    }

    Font bold(int size) {
        return new Font(family, Font.BOLD, size);
    }

    /** How wide {@code text} becomes, in pixels. */
    static double width(String text, Font font) {
        return font.getStringBounds(text, SCREEN).getWidth();
    }

    /** {@code text}, or as much of its beginning as leaves room for an ellipsis in so many pixels. */
    static String shortened(String text, Font font, double width) {
        if (width(text, font) <= width) {
            return text;
        }
        int[] points = text.codePoints().toArray();
        int kept = points.length;
        while (kept > 0) {
            String candidate = new String(points, 0, kept) + "…";
            if (width(candidate, font) <= width) {
                return candidate;
            }
            // Far too long a text is cut in leaps.
            kept -= Math.max(1, kept / 16);
        }
        return "…";
    }

    /**
     * {@code text} in lines of at most {@code width} pixels: broken at a space, or where there is none after another sign
     * that parts words, or where there is none of these anywhere, so that nothing is ever cut off.
     */
    static List<String> wrap(String text, Font font, double width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty() && width(rest, font) > width) {
            int fits = 1;
            while (fits < rest.length() && width(rest.substring(0, fits + 1), font) <= width) {
                fits++;
            }
            // A space that the next line would begin with is a place to break, too.
            int end = rest.lastIndexOf(' ', fits);
            for (int i = fits; end <= 0 && i > 0; i--) {
                end = ",-./=_;:".indexOf(rest.charAt(i - 1)) < 0 ? 0 : i;
            }
            if (end <= 0) {
                end = Character.isHighSurrogate(rest.charAt(fits - 1)) ? Math.min(fits + 1, rest.length()) : fits;
            }
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            lines.add(rest);
        }
        return lines;
    }

    private static String quoted(List<String> families) {
        List<String> names =
                new ArrayList<>(families.stream().map(name -> '"' + name + '"').toList());
        names.add("sans-serif");
        return String.join(", ", names);
    }
}
