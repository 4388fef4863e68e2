package org.concurrencybench.browser;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a browser made of a page.
 *
 * @param messages what it wrote to the console, and what was thrown in it
 * @param requests addresses that it asked for, besides the page itself
 * @param overlaps pairs of texts that cover each other, with where
 * @param cutOff texts of charts that leave their picture
 * @param tooPale texts that contrast too little with what is behind them (WCAG 2.2, 1.4.3)
 * @param charts names of the charts of which a picture is shown
 * @param overflow pixels by which the page is wider than its window
 * @param smallest size of the smallest text in a chart, in pixels of the screen
 * @param background of the page, as CSS writes it
 * @param chartBackground of its first chart; empty where there is none
 * @param brokenLinks links within the page that lead nowhere
 */
public record Seen(
        List<String> messages,
        List<String> requests,
        List<String> overlaps,
        List<String> cutOff,
        List<String> tooPale,
        List<String> charts,
        double overflow,
        double smallest,
        String background,
        String chartBackground,
        List<String> brokenLinks) {

    static Seen of(String address, JsonNode looked, List<JsonNode> events) {
        List<String> messages = new ArrayList<>();
        List<String> requests = new ArrayList<>();
        for (JsonNode event : events) {
            JsonNode parameters = event.path("params");
            switch (event.path("method").asString("")) {
                case "Runtime.consoleAPICalled" -> messages.add("console: " + parameters.path("args"));
                case "Runtime.exceptionThrown" -> messages.add("thrown: " + parameters.path("exceptionDetails"));
                case "Log.entryAdded" ->
                    messages.add("log: " + parameters.path("entry").path("text").asString(""));
                case "Network.requestWillBeSent" -> {
                    String url = parameters.path("request").path("url").asString("");
                    // What a data: address holds is in the page already.
                    if (!url.equals(address) && !url.startsWith("data:")) {
                        requests.add(url);
                    }
                }
                default -> {}
            }
        }
        return new Seen(
                messages,
                requests,
                texts(looked, "overlaps"),
                texts(looked, "cutOff"),
                texts(looked, "tooPale"),
                texts(looked, "charts"),
                looked.path("overflow").asDouble(),
                looked.path("smallest").asDouble(),
                looked.path("background").asString(""),
                looked.path("chartBackground").asString(""),
                texts(looked, "brokenLinks"));
    }

    private static List<String> texts(JsonNode looked, String name) {
        List<String> texts = new ArrayList<>();
        looked.path(name).forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
