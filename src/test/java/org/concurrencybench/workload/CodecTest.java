package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CodecTest {

    @Property
    void anyNumberComesBackAsItWent(@ForAll long value) throws IOException {
        assertThat(thereAndBack(new LongCodec(), value)).isEqualTo(value);
    }

    @Property
    void anyListComesBackAsItWent(@ForAll List<Long> values) throws IOException {
        assertThat(thereAndBack(new LongsCodec(), values)).isEqualTo(values);
    }

    @Test
    void partsMayFollowOneAnother() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        new LongsCodec().write(List.of(1L, 2L), out);
        new LongsCodec().write(List.of(3L), out);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(new LongsCodec().read(in)).containsExactly(1L, 2L);
        assertThat(new LongsCodec().read(in)).containsExactly(3L);
    }

    @Test
    void aListOfFewerThanNoNumbersIsRefused() {
        assertThatThrownBy(() -> new LongsCodec().read(in(new byte[] {-1, -1, -1, -1})))
                .isInstanceOf(IOException.class)
                .hasMessage("a list of -1 numbers");
    }

    @Test
    void aListThatEndsTooEarlyIsRefusedWithoutRoomForAllOfIt() {
        assertThatThrownBy(() -> new LongsCodec().read(in(new byte[] {127, -1, -1, -1, 0, 0})))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void aPartOfAnotherNumberOfNumbersIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LongsCodec().write(List.of(1L, 2L), new DataOutputStream(bytes));
        Codec<Long> three = new NumbersCodec<>(3, part -> List.of(part, part, part), List::getFirst);

        assertThat(thereAndBack(three, 5L)).isEqualTo(5);
        assertThatThrownBy(() -> three.read(in(bytes.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessage("2 numbers where 3 belong");
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    static <P> P thereAndBack(Codec<P> codec, P part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(part, new DataOutputStream(bytes));
        DataInputStream in = in(bytes.toByteArray());
        P back = codec.read(in);
        assertThat(in.read()).as("bytes that nobody read").isEqualTo(-1);
        return back;
    }
}
