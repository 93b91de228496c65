package org.pingrecorder.e2e.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tests find on the page of one ip. */
final class IpPage {

    /** What the chart leaves free beside it. */
    private static final int LEFT_PX = 58;

    private static final int RIGHT_PX = 14;

    private IpPage() {}

    /** The address that shows a stretch of time. */
    static String view(String ip, Instant from, Instant to) {
        return "#/ip?ip=%s&from=%s&to=%s".formatted(ip, from, to);
    }

    static Locator plot(Page page) {
        return page.locator(".plot").first();
    }

    static Locator figure(Page page, String client, String name) {
        return page.locator(
                "[data-testid=statistics] tr[data-client='%s'] [data-figure=%s]"
                        .formatted(client, name));
    }

    static Locator outages(Page page) {
        return page.locator("[data-testid=outages] tbody tr");
    }

    static Locator gaps(Page page, String kind) {
        return page.locator("[data-testid=gaps] tr[data-kind=" + kind + "]");
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** How many shapes of a color, named by its variable, are on the canvas. */
    static int drawn(Page page, String color) {
        Object count =
                page.evaluate(
                        """
                        async (name) => {
                          const { getInstanceByDom } = await import('/dashboard/lib/echarts.js');
                          const wanted = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
                          const box = document.querySelector('.plot [role=img]');
                          const shapes = box ? getInstanceByDom(box).getZr().storage.getDisplayList() : [];
                          return shapes.filter(({ style }) => style.fill === wanted || style.stroke === wanted).length;
                        }
                        """,
                        color);
        return ((Number) count).intValue();
    }

    /** How many shapes are hatched. */
    static int hatched(Page page) {
        Object count =
                page.evaluate(
                        """
                        async () => {
                          const { getInstanceByDom } = await import('/dashboard/lib/echarts.js');
                          const chart = getInstanceByDom(document.querySelector('.plot [role=img]'));
                          return chart.getZr().storage.getDisplayList().filter(({ style }) => style.fill?.image).length;
                        }
                        """);
        return ((Number) count).intValue();
    }

    /** Where in the chart a time is; by how much of what is shown. */
    static double across(Page page, double part) {
        BoundingBox box = plot(page).boundingBox();
        return box.x + LEFT_PX + part * (box.width - LEFT_PX - RIGHT_PX);
    }

    static double middle(Page page) {
        BoundingBox box = plot(page).boundingBox();
        return box.y + box.height / 3;
    }

    static Instant parameter(Page page, String name) {
        // Asked for: what page.url() has is as of the last call.
        String url = (String) page.evaluate("() => location.href");
        Matcher value = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(url);
        assertTrue(value.find(), url);
        return Instant.parse(URLDecoder.decode(value.group(1), StandardCharsets.UTF_8));
    }

    static Duration shown(Page page) {
        return Duration.between(parameter(page, "from"), parameter(page, "to"));
    }

    static long from(Page page) {
        return parameter(page, "from").getEpochSecond();
    }

    static void awaitFrom(Page page, Instant time) {
        await().until(() -> Math.abs(from(page) - time.getEpochSecond()) < 30);
    }

    static Locator.FilterOptions text(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
