package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On files as Linux writes them. */
class DoctorTest {

    private static final String STAT = """
            cpu  1000 0 500 8000 100 0 50 %d 0 0
            cpu0 500 0 250 4000 50 0 25 175 0 0
            intr 12345 0 0
            ctxt %d
            btime 1763000000
            """;

    @TempDir
    Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Finding find(String name) {
        return new Doctor(root, 2, 0, () -> {})
                .examine().stream()
                        .filter(finding -> finding.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "CPU governor, sys/devices/system/cpu/cpu0/cpufreq/scaling_governor, powersave, powersave, true",
                "CPU governor, sys/devices/system/cpu/cpu0/cpufreq/scaling_governor, performance, performance, false",
                "turbo, sys/devices/system/cpu/intel_pstate/no_turbo, 0, on, true",
                "turbo, sys/devices/system/cpu/intel_pstate/no_turbo, 1, off, false",
                "turbo, sys/devices/system/cpu/cpufreq/boost, 1, on, true",
                "SMT, sys/devices/system/cpu/smt/active, 1, on, true",
                "SMT, sys/devices/system/cpu/smt/active, 0, off, false",
                "load, proc/loadavg, 1.75 0.80 0.40 2/345 6789, \"1.75 over one minute, 2 cores\", true",
                "load, proc/loadavg, 0.10 0.80 0.40 2/345 6789, \"0.10 over one minute, 2 cores\", false",
                "memory pressure, proc/pressure/memory, some avg10=1.20 avg60=0.2 avg300=0.0 total=9, 1.20 % of the last 10 s, true",
                "memory pressure, proc/pressure/memory, some avg10=0.00 avg60=0.2 avg300=0.0 total=9, 0.00 % of the last 10 s, false",
                "transparent huge pages, sys/kernel/mm/transparent_hugepage/enabled, [always] madvise never, always, true",
                "transparent huge pages, sys/kernel/mm/transparent_hugepage/enabled, always [madvise] never, madvise, false",
                "virtualisation, proc/cpuinfo, flags : fpu vme hypervisor lahf_lm, virtual machine, true",
                "virtualisation, proc/cpuinfo, flags : fpu vme lahf_lm, none, false",
                "battery, sys/class/power_supply/BAT0/status, Discharging, in use, true",
                "battery, sys/class/power_supply/BAT0/type, Battery, not in use, false",
                "clock source, sys/devices/system/clocksource/clocksource0/current_clocksource, hpet, hpet, true",
                "clock source, sys/devices/system/clocksource/clocksource0/current_clocksource, tsc, tsc, false",
                "clock source, sys/devices/system/clocksource/clocksource0/current_clocksource, hyperv_clocksource_tsc_page, hyperv_clocksource_tsc_page, false",
                "cgroup CPU quota, sys/fs/cgroup/cpu.max, 150000 100000, 1.50 cores, true",
                "cgroup CPU quota, sys/fs/cgroup/cpu.max, max 100000, none, false"
            })
    void eachFileIsReadAndJudged(String name, String path, String text, String found, boolean spoils)
            throws IOException {
        file(path, text + "\n");

        Finding finding = find(name);

        assertThat(finding.found()).isEqualTo(found);
        assertThat(finding.spoils()).isEqualTo(spoils);
        assertThat(finding.effect()).isNotBlank();
        assertThat(finding.advice().isBlank()).isEqualTo(!spoils);
    }

    @Test
    void swapCountsOnlyWhereItIsInUse() throws IOException {
        file("proc/meminfo", "MemTotal: 8000000 kB\nSwapTotal:       2097148 kB\nSwapFree:        2097148 kB\n");
        assertThat(find("swap").spoils()).isFalse();
        file("proc/meminfo", "MemTotal: 8000000 kB\nSwapTotal:       2097148 kB\nSwapFree:        1048572 kB\n");
        assertThat(find("swap").found()).isEqualTo("1024 MiB in use");
        file("proc/meminfo", "MemTotal: 8000000 kB\nSwapTotal:             0 kB\nSwapFree:              0 kB\n");
        assertThat(find("swap").found()).isEqualTo("none");
    }

    @Test
    void stealIsAShareOfAllTimeSinceTheStart() throws IOException {
        file("proc/stat", STAT.formatted(350, 1));
        assertThat(find("steal time")).satisfies(finding -> {
            assertThat(finding.found()).isEqualTo("0.00 % in half a second, 3.50 % since the machine was started");
            assertThat(finding.spoils()).isTrue();
        });
        file("proc/stat", STAT.formatted(0, 1));
        assertThat(find("steal time").spoils()).isFalse();
    }

    /** A neighbour of this minute does not show in weeks. */
    @Test
    void stealOfThisMomentCountsHoweverLongTheMachineHasBeenUp() throws IOException {
        file("proc/stat", "cpu  1000000 0 0 9000000 0 0 0 0 0 0\nctxt 1\n");
        Doctor doctor = new Doctor(root, 2, 0, () -> {
            try {
                file("proc/stat", "cpu  1000050 0 0 9000040 0 0 0 10 0 0\nctxt 2\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(doctor.examine())
                .filteredOn(finding -> finding.name().equals("steal time"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.found())
                            .isEqualTo("10.00 % in half a second, 0.00 % since the machine was started");
                    assertThat(finding.spoils()).isTrue();
                });
    }

    /** Arm's list of features has no word for it. */
    @Test
    void aProcessorThatCannotTellAGuestSaysNothingOfIt() throws IOException {
        file("proc/cpuinfo", "processor\t: 0\nFeatures\t: fp asimd evtstrm aes\n");

        assertThat(find("virtualisation").found()).isEqualTo(Check.UNKNOWN);
    }

    @Test
    void theBatteryOfAMouseIsNoneOfTheMachines() throws IOException {
        file("sys/class/power_supply/hidpp_battery_0/type", "Battery\n");
        file("sys/class/power_supply/hidpp_battery_0/scope", "Device\n");
        file("sys/class/power_supply/hidpp_battery_0/status", "Discharging\n");

        assertThat(find("battery").found()).isEqualTo("none");
    }

    @Test
    void whatASystemDoesNotTellIsNotSaidToBeAbsentAndSomethingCanBeDone() {
        assertThat(new Doctor(root, 2, 0, () -> {}).examine())
                .filteredOn(finding -> !finding.name().equals("other JVMs"))
                .allSatisfy(finding -> {
                    assertThat(finding.found()).isEqualTo(Check.UNKNOWN);
                    assertThat(finding.advice()).startsWith("find out by other means, and where it is so: ");
                });
        assertThat(find("battery").advice()).endsWith("plug the machine in");
    }

    /** The link to a process's program is for its own user only; its name is for everybody. */
    @Test
    void aJvmOfAnotherUserIsKnownByItsName() throws IOException {
        file("proc/1/comm", "java\n");
        file("proc/1/cmdline", "java\0-jar\0server.jar\0");
        file("proc/2/comm", "python3\n");
        file("proc/2/cmdline", "python3\0");
        file("proc/3/comm", "java\n");
        file("proc/3/cmdline", "");
        SystemFiles files = new SystemFiles(root);

        assertThat(Doctor.isJvm(1, Optional.empty(), files)).isTrue();
        assertThat(Doctor.isJvm(2, Optional.empty(), files)).isFalse();
        assertThat(Doctor.isJvm(3, Optional.empty(), files))
                .as("one that has ended and that nobody waited for")
                .isFalse();
        assertThat(Doctor.isJvm(1, Optional.of("/usr/bin/python3"), files)).isFalse();
        assertThat(Doctor.isJvm(2, Optional.of("/opt/jdk/bin/java"), files)).isTrue();
    }

    @Test
    void aFileSaysWhatTheExaminationSaid() throws IOException {
        file("proc/loadavg", "1.75 0.80 0.40 2/345 6789\n");
        file("proc/stat", STAT.formatted(350, 1));
        file("proc/meminfo", "SwapTotal:       2097148 kB\nSwapFree:        1048572 kB\n");
        file("proc/pressure/memory", "some avg10=1.20 avg60=0.2 avg300=0.0 total=9\n");
        file("proc/cpuinfo", "flags : fpu vme hypervisor lahf_lm\n");
        file("sys/devices/system/cpu/smt/active", "0\n");
        List<Finding> findings = new Doctor(root, 2, 3, () -> {}).examine();
        Map<String, String> words = new HashMap<>(Doctor.asWords(findings));
        words.put("processor", "AMD EPYC");

        assertThat(Doctor.fromWords(words)).isEqualTo(findings);
        assertThat(findings).filteredOn(Finding::spoils).hasSize(6);
        assertThat(Doctor.fromWords(Map.of("load", "?", "swap", "not told by this system")))
                .hasSize(2)
                .noneMatch(Finding::spoils);
    }

    @Test
    void otherJvmsAreCounted() {
        assertThat(new Doctor(root, 2, 3, () -> {}).examine())
                .filteredOn(finding -> finding.name().equals("other JVMs"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo("3 running"));
    }

    @Test
    void aSystemThatTellsNothingSpoilsNothingThatCouldBeNamed() {
        assertThat(new Doctor(root, 2, 0, () -> {}).examine()).hasSize(13).noneMatch(Finding::spoils);
    }

    @Test
    void brokenFilesSayNothing() throws IOException {
        file("proc/loadavg", "?\n");
        file("proc/stat", "cpu many\n");
        file("proc/meminfo", "");
        file("sys/fs/cgroup/cpu.max", "0 0");

        assertThat(new Doctor(root, 2, 0, () -> {}).examine()).noneMatch(Finding::spoils);
    }

    @Test
    void theLeastQuotaOfAGroupAndThoseAboveItCounts() throws IOException {
        file("proc/self/cgroup", "0::/a/b\n");
        file("sys/fs/cgroup/a/cpu.max", "50000 100000\n");
        file("sys/fs/cgroup/a/b/cpu.max", "300000 100000\n");

        assertThat(new SystemFiles(root).quotaCores()).isEqualTo(OptionalDouble.of(0.5));
    }

    @Test
    void aQuotaOfTheFirstVersionOfControlGroupsIsReadToo() throws IOException {
        file("proc/self/cgroup", "5:memory:/\n4:cpu,cpuacct:/docker/1\n");
        file("sys/fs/cgroup/cpu/docker/1/cpu.cfs_quota_us", "200000\n");
        file("sys/fs/cgroup/cpu/docker/1/cpu.cfs_period_us", "100000\n");
        file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");

        assertThat(new SystemFiles(root).quotaCores()).isEqualTo(OptionalDouble.of(2));
    }

    @Test
    void betweenTwoLooksTheSharesAreThoseOfTheTimeBetween() throws IOException {
        file("proc/loadavg", "0.50 0 0 1/1 1\n");
        file("proc/stat", STAT.formatted(100, 1000));
        Activity before = Activity.read(root).orElseThrow();
        file("proc/stat", "cpu  1060 0 500 8120 100 0 50 120 0 0\nctxt 3000\n");

        Activity.Conditions between = Activity.read(root).orElseThrow().since(before, 2, 200_000_000);

        // 60 busy, 120 idle, 20 stolen of 200 ticks; 20 of the busy ones were our own.
        assertThat(between.steal()).hasValue(0.1);
        assertThat(between.others()).hasValue(0.2);
        assertThat(between.contextSwitches()).hasValue(1000);
        assertThat(between.load()).hasValue(0.5);
    }
}
