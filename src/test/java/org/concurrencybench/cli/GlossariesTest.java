package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlossariesTest {

    private static final String HEAD =
            "benchmark,workload,kind,model,params,fork,iteration,phase,score,unit,direction,cpu_ms,rss_mb\n";

    @TempDir
    Path root;

    @Test
    void everyWorkloadOfARunTeachesOnItsPageAndInItsMarkdown() throws Exception {
        StringBuilder csv = new StringBuilder(HEAD);
        for (Suite entry : Suite.values()) {
            csv.append("a.B.run,%s,%s,serial,parallelism=1,1,1,measurement,5,ms/op,lower,,\n"
                    .formatted(entry.workload(), entry.kind().label()));
        }
        csv.append("a.B.run,somebody-elses,cpu-bound,serial,parallelism=1,1,1,measurement,5,ms/op,lower,,\n");

        report(csv.toString());

        String page = Files.readString(root.resolve("charts/all/index.html"));
        String markdown = Files.readString(root.resolve("charts/all/report.md"));
        for (Suite entry : Suite.values()) {
            String lesson = entry.lesson();
            assertThat(page)
                    .contains("<li><strong>%s</strong>: %s.</li>"
                            .formatted(entry.workload(), lesson.replace("'", "&#39;")));
            assertThat(markdown).contains("- `%s`: %s\n".formatted(entry.workload(), lesson));
        }
        assertThat(page).doesNotContain("<strong>somebody-elses</strong>");
    }

    @Test
    void everyModelOfARunIsExplainedWithItsAnswer() throws Exception {
        StringBuilder csv = new StringBuilder(HEAD);
        for (Model model : Model.values()) {
            for (int fork = 1; fork <= 3; fork++) {
                csv.append(
                        "a.B.run,sum-of-squares,cpu-bound,%s,parallelism=2;tasks=7,%d,1,measurement,%s,ms/op,lower,,\n"
                                .formatted(model.label(), fork, 5 + fork / 100.0));
            }
        }

        report(csv.toString());

        String page = Files.readString(root.resolve("charts/all/index.html"));
        String markdown = Files.readString(root.resolve("charts/all/report.md"));
        for (Model model : List.of(Model.SERIAL, Model.PLATFORM_THREADS, Model.VIRTUAL_THREADS, Model.CHILD_JVMS)) {
            assertThat(page)
                    .contains("%s</dt><dd>%s</dd>"
                            .formatted(model.label(), model.meaning().replace("'", "&#39;")));
        }
        for (Model model : Model.values()) {
            assertThat(markdown).contains("- `%s`: %s\n".formatted(model.label(), model.meaning()));
        }
        assertThat(page).contains("7 sums of 1000 squares each <span class=\"exact\">sum-of-squares</span>");
    }

    @Test
    void theMainWorkloadsSayWhatTheirSettingsMean() {
        assertThat(titles("square-cube")).isEqualTo("10 waits of 50 ms in two chains, one after another in each");
        assertThat(titles("sum-of-squares")).isEqualTo("20000 sums of 1000 squares each");
        assertThat(titles("bank-balance")).isEqualTo("200000 changes of one balance, with nothing to do in between");
    }

    private static String titles(String workload) {
        WorkloadDefinition definition = WorkloadDefinition.find(workload).orElseThrow();
        return definition.title(Settings.of(definition.parameters(), Map.of()));
    }

    private void report(String csv) throws Exception {
        Path file = Files.writeString(root.resolve("all.csv"), csv);

        Call call = Call.of(root, "report", file.toString());

        assertThat(call.exitCode()).as(call.err()).isZero();
    }
}
