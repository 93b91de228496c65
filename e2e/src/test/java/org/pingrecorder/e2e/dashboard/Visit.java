package org.pingrecorder.e2e.dashboard;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/**
 * How a browser is that visits the dashboard: a desktop's in English, unless something else is
 * said.
 */
record Visit(int width, int height, ColorScheme scheme, String locale) {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 900;
    private static final int PHONE_WIDTH = 390;

    static Visit usual() {
        return new Visit(WIDTH, HEIGHT, ColorScheme.LIGHT, "en-GB");
    }

    Visit dark() {
        return new Visit(width, height, ColorScheme.DARK, locale);
    }

    Visit onPhone() {
        return sized(PHONE_WIDTH, HEIGHT);
    }

    Visit sized(int newWidth, int newHeight) {
        return new Visit(newWidth, newHeight, scheme, locale);
    }

    Visit in(String newLocale) {
        return new Visit(width, height, scheme, newLocale);
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setHasTouch(width <= PHONE_WIDTH)
                .setColorScheme(scheme)
                // Colors on their way to others can not be judged.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale(locale)
                .setTimezoneId("Asia/Ho_Chi_Minh");
    }
}
