package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LabelPlacerTest {

    private static final Rectangle2D ROOM = new Rectangle2D.Double(0, 0, 300, 250);

    @Property(tries = 200)
    void noTextCoversAnotherOrAMarkerOrLeavesTheRoom(
            @ForAll @Size(max = 12) List<@IntRange(max = 74_999) Integer> spots) {
        LabelPlacer placer = new LabelPlacer(ROOM);
        List<Rectangle2D> taken = new ArrayList<>();
        for (int spot : spots) {
            placer.keepFree(x(spot), y(spot), 8);
            taken.add(new Rectangle2D.Double(x(spot) - 8, y(spot) - 8, 16, 16));
        }
        for (int spot : spots) {
            placer.place(x(spot), y(spot), 8, 90, 14).ifPresent(place -> {
                assertThat(ROOM.contains(place)).isTrue();
                assertThat(taken).noneMatch(place::intersects);
                taken.add(place);
            });
        }
    }

    @Test
    void aTextStandsBesideItsPointWhereNothingIsInTheWay() {
        LabelPlacer placer = new LabelPlacer(ROOM);

        assertThat(placer.place(100, 100, 8, 90, 14)).hasValueSatisfying(place -> {
            assertThat(place.getMinX()).isBetween(108.0, 115.0);
            assertThat(place.getCenterY()).isBetween(95.0, 105.0);
        });
    }

    @Test
    void aDozenPointsAtOnePlaceAllGetTheirTexts() {
        LabelPlacer placer = new LabelPlacer(ROOM);
        placer.keepFree(150, 120, 8);
        for (int i = 0; i < 12; i++) {
            assertThat(placer.place(150, 120, 8, 90, 14)).as("text %s", i).isPresent();
        }
    }

    @Test
    void whereThereIsNoRoomThereIsNoText() {
        assertThat(new LabelPlacer(ROOM).place(150, 100, 8, 400, 14)).isEmpty();
    }

    private static double x(int spot) {
        return spot % 300;
    }

    private static double y(int spot) {
        return Math.floorDiv(spot, 300);
    }
}
