package org.concurrencybench.workload;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user's function returns, as bytes that are the same for equal results: how it is compared, and how it crosses. */
final class OwnResult {

    /** For messages. */
    private static final String SUPPORTED =
            "String, a number, byte[], Path, an enum, void, or records and lists of them";

    private static final Set<Class<?>> PLAIN = Set.of(
            void.class,
            Void.class,
            String.class,
            Path.class,
            byte[].class,
            boolean.class,
            Boolean.class,
            char.class,
            Character.class,
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            float.class,
            Float.class,
            double.class,
            Double.class);

    /** Of an input or a result in a message. */
    private static final int LONGEST_IN_MESSAGE = 80;

    private OwnResult() {}

    /**
     * Looks whether results of this type can be compared and can cross.
     *
     * @throws IllegalArgumentException if not; one line
     */
    static void check(Type type, String name) {
        if (!isSupported(type)) {
            throw new IllegalArgumentException(
                    "%s returns a %s; it may return %s".formatted(name, type.getTypeName(), SUPPORTED));
        }
    }

    private static boolean isSupported(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class && isSupported(generic.getActualTypeArguments()[0]);
        }
        if (!(type instanceof Class<?> plain)) {
            return false;
        }
        if (plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                if (component.getType() != plain && !isSupported(component.getGenericType())) {
                    return false;
                }
            }
            return true;
        }
        return PLAIN.contains(plain) || plain.isEnum();
    }

    /**
     * The bytes of a result.
     *
     * @throws IllegalArgumentException for an object that is of none of the types that can cross
     */
    static byte[] bytes(@Nullable Object result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(result, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(@Nullable Object result, DataOutput out) throws IOException {
        switch (result) {
            case null -> out.writeByte('0');
            case String text -> text('s', text, out);
            case byte[] octets -> {
                out.writeByte('b');
                out.writeInt(octets.length);
                out.write(octets);
            }
            case Path path -> text('p', path.toString(), out);
            case Enum<?> constant -> text('e', constant.name(), out);
            case Number number -> text('n', number.toString(), out);
            case Boolean flag -> text('n', flag.toString(), out);
            case Character character -> text('n', character.toString(), out);
            case List<?> list -> {
                out.writeByte('l');
                out.writeInt(list.size());
                for (Object one : list) {
                    write(one, out);
                }
            }
            case Record fields -> {
                out.writeByte('r');
                for (RecordComponent component : fields.getClass().getRecordComponents()) {
                    write(field(component, fields), out);
                }
            }
            default ->
                throw new IllegalArgumentException("a result is a %s, which cannot cross"
                        .formatted(result.getClass().getName()));
        }
    }

    private static void text(char type, String text, DataOutput out) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(type);
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static @Nullable Object field(RecordComponent component, Record fields) {
        try {
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "component '%s' of a result cannot be read: %s".formatted(component.getName(), e), e);
        }
    }

    /** What stands in the bytes, for a message: text as it is, whatever else as its size. */
    static String inWords(byte[] bytes) {
        if (bytes.length > 5 && "spen".indexOf(bytes[0]) >= 0) {
            return "'" + shortened(new String(bytes, 5, bytes.length - 5, StandardCharsets.UTF_8)) + "'";
        }
        return bytes.length == 1 && bytes[0] == '0' ? "null" : "of %d bytes".formatted(bytes.length);
    }

    /** Text of somebody else's for a message: one line, not too long. */
    static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]", " ");
        return line.length() <= LONGEST_IN_MESSAGE ? line : line.substring(0, LONGEST_IN_MESSAGE) + "…";
    }
}
