package org.bagnetlab.server.notification.recipient;

/** A recipient of notifications by HTTP. */
sealed interface HttpRecipient extends Recipient permits Webhook, Slack, Mattermost, Ntfy {

  /** The address that notifications are sent to. */
  HttpAddress to();

  @Override
  default String host() {
    return to().host();
  }

  @Override
  default String address() {
    return service() + " " + to().url();
  }
}
