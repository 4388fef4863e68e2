package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {

    /** A code span and nothing else: fences of the same length, and no run of that length between them. */
    private static final Pattern SPAN = Pattern.compile("(`+)((?:.)*?)\\1", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "plain; `plain`",
                "@octocat #1 http://a.b <b>; `@octocat #1 http://a.b <b>`",
                "a`b; ``a`b``",
                "`; `` ` ``",
                "``a``; ``` ``a`` ```",
                "\"  \"; \"\"",
                "\"a\r\nb\"; `a  b`",
                "a|b; `a|b`"
            })
    void textBecomesACodeSpan(String text, String markdown) {
        assertThat(MarkdownText.code(text)).isEqualTo(markdown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"a|b; `a\\|b`", "a\\|b; `a\\\\|b`", "||; `\\|\\|`"})
    void aPipeDoesNotEndItsCell(String text, String markdown) {
        assertThat(MarkdownText.cell(text)).isEqualTo(markdown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CPU-bound work: a wins at 2.0× serial [1.9, 2.1].; true",
                "A leads with 6.02 ns/op; true",
                "see http://a.b; false",
                "see www.a.b; false",
                "[a](b); false",
                "a [b](c); false",
                "a@b.c; false",
                "fixes #3; false",
                "see GH-3; false",
                "1. first; false",
                "- first; false",
                "a_b_; false",
                "a <b>; false",
                "a &amp b; false",
                "$a$; false"
            })
    void onlyHarmlessProseStandsAsItIs(String text, boolean asItIs) {
        assertThat(MarkdownText.prose(text)).isEqualTo(asItIs ? text : MarkdownText.code(text));
    }

    @Property(tries = 500)
    void noTextLeavesItsSpan(
            @ForAll @Chars({'`', '|', '\\', '<', '@', '\n', '[', ']'}) @CharRange(from = 'a', to = 'c') String text) {
        String code = MarkdownText.code(text);

        assertThat(code).doesNotContain("\n");
        if (!code.isEmpty()) {
            Matcher span = SPAN.matcher(code);
            int fence = code.length() - code.replaceFirst("^`+", "").length();
            assertThat(code).endsWith("`".repeat(fence));
            String inner = code.substring(fence, code.length() - fence);
            assertThat(Pattern.compile("(?<!`)`{" + fence + "}(?!`)")
                            .matcher(inner)
                            .find())
                    .isFalse();
            assertThat(span.find()).isTrue();
        }
    }
}
