package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.housekeeping.Housekeeping;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.http.page.SecurityHeaders;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.message.Message;
import org.bagnetlab.server.message.MessageHtml;
import org.bagnetlab.server.message.MessageText;
import org.bagnetlab.server.notification.DailyTime;
import org.bagnetlab.server.notification.RecipientStatus;
import org.bagnetlab.server.notification.RecipientTest;

/**
 * Shows the recipients of notifications, without the secret parts of their addresses, tests them,
 * and shows messages as they would be sent now.
 */
final class MessageRoutes {

  private final Housekeeping housekeeping;

  MessageRoutes(Housekeeping housekeeping) {
    this.housekeeping = housekeeping;
  }

  private record Statuses(List<RecipientStatus> recipients, Optional<String> daily, String links) {}

  private record Tests(List<RecipientTest> recipients) {}

  private record Preview(String subject, String text, String html) {

    static Preview of(Message message) {
      return new Preview(message.subject(), MessageText.of(message), MessageHtml.whole(message));
    }
  }

  void mount(Router api) {
    api.get("/messages/recipients")
        .handler(
            request -> Reply.json(request, housekeeping.notifier().status().map(this::statuses)));
    api.post("/messages/test")
        .handler(request -> Reply.json(request, housekeeping.notifier().test().map(Tests::new)));
    api.get("/messages/preview")
        .handler(request -> Reply.json(request, message(request).map(Preview::of)));
    api.get("/messages/preview/page").handler(this::page);
  }

  private Statuses statuses(List<RecipientStatus> recipients) {
    HousekeepingSettings settings = housekeeping.settings();
    return new Statuses(
        recipients, settings.messages().daily().map(DailyTime::toString), settings.links());
  }

  private void page(RoutingContext request) {
    message(request)
        .onSuccess(
            message -> {
              SecurityHeaders.allowFrame(request);
              Reply.text(request, "text/html", MessageHtml.whole(message));
            })
        .onFailure(request::fail);
  }

  /** The message about a sweep, or else the daily one. */
  private Future<Message> message(RoutingContext request) {
    return RequestParameters.text(request, "sweep")
        .map(sweep -> housekeeping.notifier().preview(sweep))
        .orElseGet(() -> housekeeping.disk().state().compose(housekeeping.notifier()::preview));
  }
}
