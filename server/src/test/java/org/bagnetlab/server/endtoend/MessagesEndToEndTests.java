package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of messages shows recipients, sends tests and shows what a message would say. */
@Timeout(300)
class MessagesEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private static void answer(Page page, String path, String body) {
    page.route(
        "**/api/v1/" + path,
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body)));
  }

  @Test
  void theDailyMessageIsShownInAFrame() {
    try (Page page = DASHBOARD.newPage()) {
      page.navigate(DASHBOARD.address() + "#/queue");
      page.getByTestId("to-messages").click();
      assertThat(page.getByTestId("empty")).containsText("No recipients");
      assertThat(page.getByTestId("preview-subject")).containsText("Nothing ran since");
      FrameLocator frame = page.frameLocator("[data-testid=preview-page]");
      assertThat(frame.locator("body")).containsText("Nothing ran since");
      assertThat(page.getByTestId("nav-queue")).hasAttribute("aria-current", "page");
      page.getByText("As text").click();
      assertThat(page.getByTestId("preview-text")).containsText("Nothing ran since");
    }
  }

  @Test
  void aTestSaysWhoDidNotAcceptIt() {
    try (Page page = DASHBOARD.newPage()) {
      answer(
          page,
          "messages/recipients",
          """
          {"recipients": [
            {"service": "mail", "host": "smtp://mail.example.org:587", "events": ["daily"],
             "pending": 2, "failure": "connection refused", "failedAt": "2026-11-01T02:03:04Z"},
            {"service": "slack", "host": "https://hooks.slack.com", "events": ["needs-help"],
             "pending": 0}],
           "daily": "07:30 (Europe/Berlin)", "links": "Links in messages lead to http://lab/"}
          """);
      answer(
          page,
          "messages/test",
          """
          {"recipients": [
            {"service": "mail", "host": "smtp://mail.example.org:587", "delivered": false,
             "failure": "it did not accept user and password (535)"},
            {"service": "slack", "host": "https://hooks.slack.com", "delivered": true}]}
          """);
      page.navigate(DASHBOARD.address() + "#/messages");
      assertThat(page.getByTestId("recipients"))
          .containsText("E-mail at smtp://mail.example.org:587");
      assertThat(page.getByTestId("recipients")).containsText("connection refused");
      assertThat(page.getByTestId("message-settings"))
          .hasText(
              "The daily message is sent at 07:30 (Europe/Berlin)."
                  + " Links in messages lead to http://lab/");
      page.getByTestId("send-test").click();
      assertThat(page.getByTestId("test-result"))
          .containsText("Not accepted by 1 of 2 recipients:");
      assertThat(page.getByText("it did not accept user and password (535)")).isVisible();
    }
  }
}
