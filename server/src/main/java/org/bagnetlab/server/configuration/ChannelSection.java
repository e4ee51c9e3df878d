package org.bagnetlab.server.configuration;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.notification.recipient.HttpAddress;
import org.bagnetlab.server.notification.recipient.Mattermost;
import org.bagnetlab.server.notification.recipient.Ntfy;
import org.bagnetlab.server.notification.recipient.Slack;

/**
 * A channel of a chat service.
 *
 * @param url address of its incoming webhook, or of its topic
 * @param token access token; only for ntfy
 * @param events the events to notify about; all by default
 */
record ChannelSection(Optional<String> url, Optional<String> token, Optional<List<String>> events) {

  Slack slack() {
    requireNoToken();
    return new Slack(address(), NoticeEvents.of(events));
  }

  Mattermost mattermost() {
    requireNoToken();
    return new Mattermost(address(), NoticeEvents.of(events));
  }

  Ntfy ntfy() {
    return new Ntfy(address(), token, NoticeEvents.of(events));
  }

  private HttpAddress address() {
    return HttpAddress.of(
        url.orElseThrow(() -> new IllegalArgumentException("a channel needs a url")));
  }

  private void requireNoToken() {
    if (token.isPresent()) {
      throw new IllegalArgumentException("only ntfy has a token; here the url is the secret");
    }
  }
}
