package org.concurrencybench.report;

import java.awt.Color;

/**
 * A colour for a dark page from one for a light page: same hue, lightness turned upside down. Lightness and hue are those of
 * Oklab (Björn Ottosson, "A perceptual color space for image processing", 2020), in which equal steps look equal.
 */
final class DarkColor {

    /** Marks are darker than this on white paper; what is lighter is paper and its tints. */
    private static final double TINTS = 0.7;

    private static final double OF_BLACK = 0.98;
    private static final double OF_TINTS = 0.64;
    private static final double OF_WHITE = 0.25;

    private DarkColor() {}

    static Color of(Color light) {
        double[] lab = toLab(light);
        double lightness = turned(lab[0]);
        // What the screen cannot show becomes paler until it can; grey it always can.
        for (double chroma = 1; chroma > 0; chroma -= 0.02) {
            double[] rgb = toLinear(lightness, lab[1] * chroma, lab[2] * chroma);
            if (isShown(rgb)) {
                return new Color(encoded(rgb[0]), encoded(rgb[1]), encoded(rgb[2]));
            }
        }
        double[] grey = toLinear(lightness, 0, 0);
        return new Color(encoded(grey[0]), encoded(grey[1]), encoded(grey[2]));
    }

    /** Black becomes nearly white; marks stay bright; tints fall quickly to the colour of the page. */
    private static double turned(double lightness) {
        return lightness < TINTS
                ? OF_BLACK + (OF_TINTS - OF_BLACK) * lightness / TINTS
                : OF_TINTS + (OF_WHITE - OF_TINTS) * (lightness - TINTS) / (1 - TINTS);
    }

    private static double[] toLab(Color color) {
        double red = decoded(color.getRed());
        double green = decoded(color.getGreen());
        double blue = decoded(color.getBlue());
        double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
        double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
        double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }

    private static double[] toLinear(double lightness, double a, double b) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new double[] {
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
        };
    }

    private static boolean isShown(double[] rgb) {
        for (double component : rgb) {
            if (component < -1e-4 || component > 1.0001) {
                return false;
            }
        }
        return true;
    }

    private static double cube(double value) {
        return value * value * value;
    }

    /** From a byte to light (IEC 61966-2-1, sRGB). */
    static double decoded(int component) {
        double value = component / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int encoded(double light) {
        double value = Math.clamp(light, 0, 1);
        double encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * encoded);
    }
}
