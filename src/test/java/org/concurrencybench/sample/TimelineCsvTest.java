package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.concurrencybench.sample.TimelineSpan.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineCsvTest {

    private static final String HEADER = "workload,model,params,worker,state,first_task,end_task,start_ns,end_ns";
    private static final String BATCH = "w,serial,n=1,caller,batch,0,0,0,2000";

    @TempDir
    Path directory;

    @Test
    void looksLikeThisUnderAnyLocale() throws IOException, FormatException {
        List<TimelineSpan> spans = List.of(
                span("caller", State.BATCH, 0, 0, 0, 2_000_000),
                span("=cmd(), \"x\"", State.TASK, 0, 3, 10, 1_500_000),
                span("worker-1", State.TICK, 0, 3, 12, 12));
        Path file = directory.resolve("timelines.csv");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            TimelineCsv.write(file, spans);
        } finally {
            Locale.setDefault(before);
        }

        assertThat(Files.readString(file)).isEqualTo(HEADER + "\r\n" + """
                square-cube,serial,numbers=5;parallelism=1,caller,batch,0,0,0,2000000\r
                square-cube,serial,numbers=5;parallelism=1,"'=cmd(), ""x""\",task,0,3,10,1500000\r
                square-cube,serial,numbers=5;parallelism=1,worker-1,tick,0,3,12,12\r
                """);
        assertThat(TimelineCsv.read(file)).isEqualTo(spans);
    }

    /** Each row has its fault in the column that the message must name; the rows before it are good. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "w,serial,n=1,a,sleeping,0,1,0,9 | state | 'sleeping' is not known; write one of batch, task",
                "w,serial,n=1,a,batch,0,0,0,9 | state | stands twice",
                "w,other,n=1,a,task,0,1,0,9 | state | no row 'batch'",
                "w,serial,n,a,task,0,1,0,9 | params | not name=value",
                ",serial,n=1,a,task,0,1,0,9 | workload | empty",
                "w,serial,n=1,,task,0,1,0,9 | worker | empty",
                "w,serial,n=1,a,task,-1,1,0,9 | first_task | '-1' is not a whole number",
                "w,serial,n=1,a,task,2,1,0,9 | end_task | before the first",
                "w,serial,n=1,a,task,0,1,NaN,9 | start_ns | 'NaN' is not a whole number",
                "w,serial,n=1,a,task,0,1,9,8 | end_ns | ends before it starts",
                "w,serial,n=1,a,task,0,1,0,99999999999999999 | end_ns | from 0 to 86400000000000",
                "w,serial,n=1,a,task,0,1,0 | end_ns | the line ends before this column",
                "w,serial,n=1,a,task,0,1,0,9,9 | end_ns | more fields than the 9",
                "w,serial,n=1,\"a,task,0,1,0,9 | worker | not closed",
                "w,serial,n=1,a\u0007,task,0,1,0,9 | worker | control character",
            })
    void aBrokenRowIsToldWithLineAndColumn(String row, String column, String complaint) throws IOException {
        Path file = directory.resolve("t.csv");
        Files.writeString(file, HEADER + "\n" + BATCH + "\n" + row + "\n");

        FormatException e = catchThrowableOfType(FormatException.class, () -> TimelineCsv.read(file));

        assertThat(Objects.requireNonNull(e))
                .hasMessageStartingWith(file + ":3:" + column + ": ")
                .hasMessageContaining(complaint);
    }

    @Test
    void anotherFileIsNoFileOfTimelines() throws IOException {
        Path file = directory.resolve("t.csv");
        Files.writeString(file, "");
        assertThat(catchThrowableOfType(FormatException.class, () -> TimelineCsv.read(file)))
                .hasMessageContaining(":1:1: the file is empty");
        Files.write(file, new byte[] {'w', (byte) 0xFF, '\n'});
        assertThat(catchThrowableOfType(FormatException.class, () -> TimelineCsv.read(file)))
                .hasMessageContaining("not UTF-8");
        Files.writeString(file, "a,b,c,d,e,f,g,h,i\n");
        assertThat(catchThrowableOfType(FormatException.class, () -> TimelineCsv.read(file)))
                .hasMessageContaining("expected " + HEADER);
    }

    @Test
    void moreRowsThanAnyRunHasAreRefused() throws IOException {
        Path file = directory.resolve("t.csv");
        String row = "w,serial,n=1,a,task,0,1,0,9\n";
        Files.write(
                file,
                (HEADER + "\n" + BATCH + "\n" + row.repeat(TimelineCsv.MOST_ROWS)).getBytes(StandardCharsets.UTF_8));

        assertThat(catchThrowableOfType(FormatException.class, () -> TimelineCsv.read(file)))
                .hasMessageContaining("more than 200000 rows");
    }

    private static TimelineSpan span(String worker, State state, int first, int end, long start, long endNanos) {
        return new TimelineSpan(
                "square-cube",
                "serial",
                Params.parse("numbers=5;parallelism=1"),
                worker,
                state,
                first,
                end,
                start,
                endNanos);
    }
}
