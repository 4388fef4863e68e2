package org.concurrencybench.report;

import java.awt.Graphics2D;

/** Something that fills a picture of {@link PanelSheet#WIDTH}. */
interface Sheet {

    /** In the picture's own units. */
    int height();

    void draw(Graphics2D graphics);
}
