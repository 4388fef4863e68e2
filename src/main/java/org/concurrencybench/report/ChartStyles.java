package org.concurrencybench.report;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The looks of everything drawn on one page. Each style that a drawing gives to its elements becomes a class, and each
 * colour a custom property that has another value where the reader's screen is dark. Drawings lose half of their length on
 * the way.
 */
final class ChartStyles {

    /** JFreeSVG writes each style so. Text has its apostrophes and quotes escaped: none of it can look like one. */
    private static final Pattern STYLE = Pattern.compile("style='([^'<>]*)'");

    /** The colour of a marker that stands in the text. */
    private static final Pattern FILL = Pattern.compile("fill=\"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\"");

    private static final Pattern COLOR = Pattern.compile("rgb\\((\\d{1,3}), ?(\\d{1,3}), ?(\\d{1,3})\\)");

    /** What holds without being said. */
    private static final Pattern DEFAULT =
            Pattern.compile("(?:fill|stroke)-opacity: ?1\\.0;?|stroke-linecap:butt;?|stroke-miterlimit:10(?:\\.0)?;?");

    private final Map<String, String> classes = new LinkedHashMap<>();
    private final Map<Color, String> properties = new LinkedHashMap<>();

    /** Markup with classes in place of styles. */
    String adopt(String markup) {
        String styled = STYLE.matcher(markup).replaceAll(style -> "class='" + className(style.group(1)) + "'");
        return FILL.matcher(styled)
                .replaceAll(fill -> "class='"
                        + className("fill:rgb(%d,%d,%d)".formatted(hex(fill, 1), hex(fill, 2), hex(fill, 3)))
                        + "'");
    }

    /** The rules of everything that was adopted, for the style element of their page. */
    String rules() {
        StringBuilder css = new StringBuilder(":root{");
        properties.forEach(
                (color, name) -> css.append(name).append(':').append(hex(color)).append(';'));
        css.append("}\n@media screen and (prefers-color-scheme:dark){:root{");
        properties.forEach((color, name) ->
                css.append(name).append(':').append(hex(Palette.dark(color))).append(';'));
        css.append("}}\n");
        classes.forEach((style, name) ->
                css.append('.').append(name).append('{').append(style).append("}\n"));
        return css.toString();
    }

    static String hex(Color color) {
        return "#%06x".formatted(color.getRGB() & 0xFFFFFF);
    }

    private String className(String style) {
        String kept = DEFAULT.matcher(style).replaceAll("");
        String themed = COLOR.matcher(kept).replaceAll(color -> "var(" + property(color) + ")");
        return classes.computeIfAbsent(themed, _ -> "k" + classes.size());
    }

    private String property(MatchResult rgb) {
        Color color = new Color(component(rgb, 1), component(rgb, 2), component(rgb, 3));
        return properties.computeIfAbsent(color, _ -> "--k" + properties.size());
    }

    private static int hex(MatchResult digits, int group) {
        return Integer.parseInt(digits.group(group), 16);
    }

    private static int component(MatchResult rgb, int group) {
        return Math.min(255, Integer.parseInt(rgb.group(group)));
    }
}
