package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleCsvBrokenInputTest {

    private static final String HEADER = String.join(",", SampleCsv.HEADER);
    private static final String GOOD = "org.acme.A.run,w,k,serial,n=1,1,1,measurement,2.5,ms/op,lower,,";

    @TempDir
    Path directory;

    /** Each row has its fault in the column that the message must name; the row before it is good. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",w,k,serial,n=1,2,1,measurement,2.5,ms/op,lower,, | benchmark | empty",
                "a,w,k,serial,n,2,1,measurement,2.5,ms/op,lower,, | params | not name=value",
                "a,w,k,serial,n=%GG,2,1,measurement,2.5,ms/op,lower,, | params | broken %-escape",
                "a,w,k,serial,n=1;n=2,2,1,measurement,2.5,ms/op,lower,, | params | stands twice",
                "a,w,k,serial,n=1,0,1,measurement,2.5,ms/op,lower,, | fork | '0' is not a number from 1",
                "a,w,k,serial,n=1,-1,1,measurement,2.5,ms/op,lower,, | fork | '-1' is not a number from 1",
                "a,w,k,serial,n=1,2147483648,1,measurement,2.5,ms/op,lower,, | fork | '2147483648' is not a number",
                "a,w,k,serial,n=1,٣,1,measurement,2.5,ms/op,lower,, | fork | is not a number",
                "a,w,k,serial,n=1,2,1.0,measurement,2.5,ms/op,lower,, | iteration | '1.0' is not a number",
                "a,w,k,serial,n=1,2,1,cooldown,2.5,ms/op,lower,, | phase | write one of measurement, warmup",
                "a,w,k,serial,n=1,2,1,measurement,fast,ms/op,lower,, | score | 'fast' is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,NaN,ms/op,lower,, | score | 'NaN' is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,-Infinity,ms/op,lower,, | score | is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,1e999,ms/op,lower,, | score | is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,1e151,ms/op,lower,, | score | is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,0x1p3,ms/op,lower,, | score | is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,1d,ms/op,lower,, | score | is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,e,ms/op,lower,, | score | is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,,ms/op,lower,, | score | '' is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,2,5,ms/op,lower,, | 14 | more fields than the 13",
                "a,w,k,serial,n=1,2,1,measurement,2.5,,lower,, | unit | empty",
                "a,w,k,serial,n=1,2,1,measurement,2.5,ms/op,up,, | direction | write one of higher, lower",
                "a,w,k,serial,n=1,2,1,measurement,2.5,ms/op,lower,x, | cpu_ms | is not a finite number",
                "a,w,k,serial,n=1,2,1,measurement,2.5,ms/op,lower,,-1 | rss_mb | is below 0",
                "a,w,k,serial,n=1,2,1,measurement,2.5,ms/op,lower,,,x | 14 | more fields than the 13",
                "a,w,k,serial,n=1,2,1,measurement,2.5,ms/op,lower | cpu_ms | ends before this column",
                "a,\"w,k,serial,n=1,2,1,measurement,2.5,ms/op,lower,, | workload | a quote is opened and not closed",
                "a,\"w\"x,k,serial,n=1,2,1,measurement,2.5,ms/op,lower,, | workload | text follows a closing quote",
                "a,w\"x,k,serial,n=1,2,1,measurement,2.5,ms/op,lower,, | workload | a quote stands inside a field",
                "a,w,\u001b[2J,serial,n=1,2,1,measurement,2.5,ms/op,lower,, | kind | a control character",
                "org.acme.A.run,w,k,serial,n=1,1,1,measurement,2.5,ms/op,lower,, | iteration | stands twice",
                "org.acme.A.run,w,k,serial,n=%31,1,1,measurement,9,ms/op,lower,, | iteration | stands twice",
                "org.acme.A.run,w,k,serial,n=1,2,1,measurement,2.5,s/op,lower,, | unit | have 'ms/op'",
                "org.acme.A.run,w,k,serial,n=1,2,1,measurement,2.5,ms/op,higher,, | direction | have 'lower'",
            })
    void aRowThatIsNoSampleIsRefusedWithItsPlaceAndReason(String row, String column, String reason) throws Exception {
        Path file = file("samples.csv", HEADER + "\n" + GOOD + "\n" + row + "\n");

        assertThat(refusal(file)).startsWith(file + ":3:" + column + ": ").contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "score | benchmark,workload,kind,model,params,fork,iteration,phase,unit,direction,cpu_ms,rss_mb | is missing",
                "9 | benchmark,workload,kind,model,params,fork,iteration,phase,Score,unit,direction,cpu_ms,rss_mb | 'Score' is no",
                "fork | benchmark,workload,kind,model,params,fork,fork,phase,score,unit,direction,cpu_ms,rss_mb | stands twice",
                "1 | Benchmark;Mode;Threads | is no column",
                "1 | '' | is no column",
            })
    void anotherHeaderIsRefused(String column, String header, String reason) throws Exception {
        Path file = file("samples.csv", header + "\n" + GOOD + "\n");

        assertThat(refusal(file)).startsWith(file + ":1:" + column + ": ").contains(reason);
    }

    @Test
    void anEmptyFileIsRefused() throws Exception {
        Path file = file("samples.csv", "");

        assertThat(refusal(file)).startsWith(file + ":1:1: the file is empty; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\n\n", "\norg.acme.Cut"})
    void aHeaderWithoutASampleIsRefused(String rest) throws Exception {
        Path file = file("samples.csv", HEADER + rest);

        assertThat(refusal(file)).contains(":benchmark: there is no sample in this file; ");
    }

    @Test
    void aByteThatIsNotUtf8IsRefusedWithItsPlace() throws Exception {
        Path file = directory.resolve("latin1.csv");
        String rows = HEADER + "\n" + GOOD + "\n\"a,b\",gr\u00fcn,k,serial,n=1,2,1,measurement,2.5,ms/op,lower,,\n";
        Files.write(file, rows.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(file)).startsWith(file + ":3:workload: a byte here is not UTF-8; ");
    }

    @Test
    void aLongFieldIsRefused() throws Exception {
        String name = "w".repeat(SampleCsv.LONGEST_FIELD + 1);
        Path file = file("samples.csv", HEADER + "\n" + GOOD.replace(",w,", "," + name + ",") + "\n");

        assertThat(refusal(file)).startsWith(file + ":2:workload: the field has more than 65536 characters; ");
        Files.writeString(file, HEADER + "\n" + GOOD.replace(",w,", "," + name.substring(1) + ",") + "\n");
        assertThat(SampleCsv.read(file).samples()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,", "a,\""})
    void aLineLargerThanTheHeapIsRefusedAfterItsFirstMegabyte(String start) throws Exception {
        Path file = file("samples.csv", HEADER + "\n" + start);
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(4L << 30);
        }

        assertThat(refusal(file)).startsWith(file + ":2:workload: the line has more than 1048576 bytes; ");
    }

    @Test
    void aFileNameCannotBreakTheMessage() throws Exception {
        Path file = file("evil\n\u001b[31m\u202ename.csv", "");

        assertThat(refusal(file)).startsWith(directory + "/evil??[31m?name.csv:1:1: ");
    }

    @Test
    void aLongValueIsCutInTheMessage() throws Exception {
        Path file = file("samples.csv", HEADER + "\n" + GOOD.replace("2.5", "x".repeat(5000)) + "\n");

        assertThat(refusal(file)).contains("xxx…' is not a finite number").hasSizeLessThan(600);
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    /** The message, after a look at its form: one line, what is wrong, what to do. */
    private static String refusal(Path file) {
        FormatException refusal = catchThrowableOfType(FormatException.class, () -> SampleCsv.read(file));
        String message = String.valueOf(
                Objects.requireNonNull(refusal, "nothing was refused").getMessage());
        assertThat(message).matches("\\P{Cntrl}+:[0-9]+:[a-z_0-9]+: \\P{Cntrl}+; \\P{Cntrl}+");
        return message;
    }
}
