package org.concurrencybench.report;

import java.awt.Graphics2D;
import java.util.Optional;

/** Something that fills a picture. */
interface Sheet {

    /** In the picture's own units, which are pixels where there is room for it. */
    default int width() {
        return PanelSheet.WIDTH;
    }

    /** In the same units. */
    int height();

    void draw(Graphics2D graphics);

    /** The same for a screen that is {@link PanelSheet#NARROW}; none where only a wide picture makes sense. */
    default Optional<Sheet> narrow() {
        return Optional.empty();
    }

    /** Its numbers as text; none where the chart's description has to say them. */
    default Optional<NumberTable> numbers() {
        return Optional.empty();
    }
}
