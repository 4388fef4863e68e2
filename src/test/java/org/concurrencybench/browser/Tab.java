package org.concurrencybench.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** One page of a {@link Chromium}. */
public final class Tab {

    private static final int WINDOW_HEIGHT = 900;

    private final Chromium browser;
    private final String session;

    /** How a page is shown. */
    public enum Scheme {
        LIGHT,
        DARK,
        /** On white paper, whatever the screen is. */
        PRINT
    }

    Tab(Chromium browser, String session) throws IOException, InterruptedException, TimeoutException {
        this.browser = browser;
        this.session = session;
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
    }

    /** Opens a file as a reader does, and looks at it. */
    public Seen open(Path file, Scheme scheme, int width) throws IOException, InterruptedException, TimeoutException {
        browser.drainEvents();
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", WINDOW_HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        scheme == Scheme.PRINT ? "print" : "screen",
                        "features",
                        List.of(Map.of(
                                "name", "prefers-color-scheme", "value", scheme == Scheme.LIGHT ? "light" : "dark"))));
        List<JsonNode> events = new ArrayList<>();
        String address = file.toUri().toString();
        JsonNode navigation = call("Page.navigate", Map.of("url", address));
        if (navigation.has("errorText")) {
            throw new IOException(address + ": " + navigation.path("errorText"));
        }
        browser.awaitEvent("Page.loadEventFired", events);
        return look(address, events);
    }

    /** Looks at the page that is open, whatever was done to it since. */
    public Seen look() throws IOException, InterruptedException, TimeoutException {
        return look(evaluate("location.href").asString(), new ArrayList<>());
    }

    private Seen look(String address, List<JsonNode> events)
            throws IOException, InterruptedException, TimeoutException {
        JsonNode looked = evaluate(script());
        events.addAll(browser.drainEvents());
        return Seen.of(address, looked, events);
    }

    /** What an expression comes to; waits for a promise. */
    public JsonNode evaluate(String expression) throws IOException, InterruptedException, TimeoutException {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException("the script failed: " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** The whole page as a picture, however long it is. */
    public void screenshot(Path png) throws IOException, InterruptedException, TimeoutException {
        JsonNode picture = call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        write(png, picture.path("data").asString());
    }

    /** The page as it comes out of a printer. */
    public void print(Path pdf) throws IOException, InterruptedException, TimeoutException {
        JsonNode printed =
                call("Page.printToPDF", Map.of("preferCSSPageSize", true, "paperWidth", 8.27, "paperHeight", 11.69));
        write(pdf, printed.path("data").asString());
    }

    /**
     * Presses and lets go of a key.
     *
     * @return the element that has the focus then: its tag, its text, and whether one can see that it has it
     */
    public String press(Key key) throws IOException, InterruptedException, TimeoutException {
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key.named,
                            "code",
                            key.named,
                            "windowsVirtualKeyCode",
                            key.code,
                            "text",
                            type.equals("keyDown") ? key.text : ""));
        }
        return evaluate("""
                (focused => `${focused.tagName} ${focused.textContent.trim().slice(0, 40)} `
                  + (getComputedStyle(focused).outlineStyle === 'none' ? 'unseen' : 'visible'))(document.activeElement)
                """).asString();
    }

    /** A key of the keyboard. */
    public enum Key {
        TAB("Tab", 9, ""),
        ENTER("Enter", 13, "\r");

        private final String named;
        private final int code;
        private final String text;

        Key(String named, int code, String text) {
            this.named = named;
            this.code = code;
            this.text = text;
        }
    }

    /**
     * One thing that a screen reader comes to.
     *
     * @param level of a heading; 0 for anything else
     */
    public record Spoken(String role, String name, int level) {}

    /** The page as a screen reader finds it, in its order. */
    public List<Spoken> spoken() throws IOException, InterruptedException, TimeoutException {
        List<Spoken> spoken = new ArrayList<>();
        for (JsonNode node : call("Accessibility.getFullAXTree", Map.of()).path("nodes")) {
            if (!node.path("ignored").asBoolean(false)) {
                int level = 0;
                for (JsonNode property : node.path("properties")) {
                    if (property.path("name").asString("").equals("level")) {
                        level = property.path("value").path("value").asInt(0);
                    }
                }
                spoken.add(new Spoken(
                        node.path("role").path("value").asString(""),
                        node.path("name").path("value").asString(""),
                        level));
            }
        }
        return spoken;
    }

    private static void write(Path file, String base64) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(base64));
    }

    private JsonNode call(String method, Map<String, ?> parameters)
            throws IOException, InterruptedException, TimeoutException {
        return browser.call(session, method, parameters);
    }

    private static String script() {
        try (InputStream script = Tab.class.getResourceAsStream("look.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
