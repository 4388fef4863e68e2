package org.concurrencybench.sample;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameters of a case, in name order.
 *
 * <p>In a file they are one cell, {@code name=value;name=value}. A {@code ;}, {@code %} or control character in a name or
 * value (and a {@code =} in a name, and at its start what would begin a formula) is written as {@code %} and two hexadecimal
 * digits for each UTF-8 byte. Every name but the empty one, and every value, comes back as it was; half a surrogate pair,
 * which UTF-8 cannot hold, is refused.
 */
public final class Params implements Comparable<Params> {

    /** What would begin a formula where a spreadsheet parts fields at semicolons. */
    private static final String FORMULA_STARTS = "+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final NavigableMap<String, String> byName;

    /** Kept, because a report looks up each case many times. */
    private final int hash;

    private Params(NavigableMap<String, String> byName) {
        this.byName = Collections.unmodifiableNavigableMap(byName);
        this.hash = byName.hashCode();
    }

    /**
     * A copy of {@code values}, in name order.
     *
     * @throws IllegalArgumentException for an empty name, or half a surrogate pair in a name or value
     */
    public static Params of(Map<String, String> values) {
        values.forEach((name, value) -> {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a parameter without a name");
            }
            if (!isEncodable(name) || !isEncodable(value)) {
                throw new IllegalArgumentException("parameter %s has half a surrogate pair in its name or value"
                        .formatted(FormatException.quoted(name)));
            }
        });
        return new Params(new TreeMap<>(values));
    }

    /** No parameter at all. */
    public static Params none() {
        return new Params(new TreeMap<>());
    }

    /**
     * The parameters that {@code cell} spells out.
     *
     * @throws IllegalArgumentException where a pair has no name or no {@code =}, a name stands twice, an escape is broken
     *     or the text is not what UTF-8 can hold
     */
    public static Params parse(String cell) {
        NavigableMap<String, String> values = new TreeMap<>();
        if (!isEncodable(cell)) {
            throw new IllegalArgumentException(FormatException.quoted(cell) + " has half a surrogate pair in it");
        }
        if (!cell.isEmpty()) {
            for (String pair : cell.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals <= 0) {
                    throw new IllegalArgumentException(FormatException.quoted(pair) + " is not name=value");
                }
                String name = unescape(pair.substring(0, equals));
                if (values.put(name, unescape(pair.substring(equals + 1))) != null) {
                    throw new IllegalArgumentException(
                            "parameter %s stands twice".formatted(FormatException.quoted(name)));
                }
            }
        }
        return new Params(values);
    }

    /** The value of one parameter, if the case has it. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All of them, unmodifiable, in name order. */
    public Map<String, String> asMap() {
        return byName;
    }

    /** These without {@code name}. */
    public Params without(String name) {
        if (!byName.containsKey(name)) {
            return this;
        }
        NavigableMap<String, String> rest = new TreeMap<>(byName);
        rest.remove(name);
        return new Params(rest);
    }

    /** The one cell that {@link #parse} reads back. */
    public String toCell() {
        StringBuilder cell = new StringBuilder();
        byName.forEach((name, value) -> {
            if (!cell.isEmpty()) {
                cell.append(';');
            }
            cell.append(escape(name, true)).append('=').append(escape(value, false));
        });
        return cell.toString();
    }

    @Override
    public int compareTo(Params other) {
        return toCell().compareTo(other.toCell());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Params params && hash == params.hash && byName.equals(params.byName));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return toCell();
    }

    private static boolean isEncodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String escape(String text, boolean isName) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ';'
                    || (isName && i == 0 && FORMULA_STARTS.indexOf(character) >= 0)
                    || character == '%'
                    || Character.isISOControl(character)
                    || (isName && character == '=')) {
                for (byte octet : String.valueOf(character).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('%').append(HEX.toHexDigits(octet));
                }
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
            } else if (i + 2 < in.length && HexFormat.isHexDigit(in[i + 1]) && HexFormat.isHexDigit(in[i + 2])) {
                out.put((byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2])));
                i += 2;
            } else {
                throw new IllegalArgumentException(FormatException.quoted(text) + " has a broken %-escape");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(FormatException.quoted(text) + " has %-escapes that are not UTF-8", e);
        }
    }
}
