package org.concurrencybench.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/** Where in a JSON text a value stands, which a tree of its values no longer knows. */
final class JsonPlaces {

    private JsonPlaces() {}

    /** An object or array on the way to the value: its path, and which of its values comes next. */
    private static final class Level {
        private final String path;
        private final boolean isArray;
        private int index;
        private String name = "";

        Level(String path, boolean isArray) {
            this.path = path;
            this.isArray = isArray;
        }

        String next() {
            return isArray ? path + "[" + index++ + "]" : path + "." + name;
        }
    }

    /**
     * {@code LINE:COLUMN} of the value at {@code path}, or where there is none, of what should hold it.
     *
     * @param json whole and well-formed
     * @param path such as {@code $[0].params.n}
     */
    static String of(JsonMapper mapper, byte[] json, String path) {
        String place = "1:1";
        int longest = -1;
        Deque<Level> levels = new ArrayDeque<>();
        try (JsonParser parser = mapper.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    levels.element().name = parser.currentName();
                } else if (token.isStructEnd()) {
                    levels.pop();
                } else {
                    String here = levels.isEmpty() ? "$" : levels.element().next();
                    if (here.length() > longest && leadsTo(here, path)) {
                        longest = here.length();
                        TokenStreamLocation at = parser.currentTokenLocation();
                        place = Math.max(1, at.getLineNr()) + ":" + Math.max(1, at.getColumnNr());
                    }
                    if (token.isStructStart()) {
                        levels.push(new Level(here, token == JsonToken.START_ARRAY));
                    }
                }
            }
        } catch (JacksonException e) {
            // It was read whole before; what was found until here still is the best that is known.
            return place;
        }
        return place;
    }

    private static boolean leadsTo(String here, String path) {
        return path.startsWith(here)
                && (path.length() == here.length() || ".[".indexOf(path.charAt(here.length())) >= 0);
    }
}
