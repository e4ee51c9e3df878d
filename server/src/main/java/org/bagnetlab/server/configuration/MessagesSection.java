package org.bagnetlab.server.configuration;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.notification.DailyTime;
import org.bagnetlab.server.notification.MessageSettings;
import org.bagnetlab.server.notification.recipient.Recipient;

/**
 * Messages to people.
 *
 * @param daily local time of the daily message, such as "07:30"; none by default
 * @param mail recipients of e-mail
 * @param slack channels of Slack
 * @param mattermost channels of Mattermost
 * @param ntfy topics of ntfy
 */
record MessagesSection(
    Optional<String> daily,
    Optional<List<MailSection>> mail,
    Optional<List<ChannelSection>> slack,
    Optional<List<ChannelSection>> mattermost,
    Optional<List<ChannelSection>> ntfy) {

  MessagesSection {
    var _ = time(daily);
    var _ = recipients(mail, slack, mattermost, ntfy);
  }

  /** These settings together with webhooks. */
  MessageSettings with(List<WebhookSection> webhooks) {
    List<Recipient> all = new ArrayList<>(webhooks.stream().map(WebhookSection::webhook).toList());
    all.addAll(recipients(mail, slack, mattermost, ntfy));
    if (daily.isPresent()
        && all.stream().noneMatch(each -> each.events().contains(NoticeKind.DAILY))) {
      throw new IllegalArgumentException("daily has no recipient: no entry has the event daily");
    }
    return new MessageSettings(all, time(daily));
  }

  private static List<Recipient> recipients(
      Optional<List<MailSection>> mail,
      Optional<List<ChannelSection>> slack,
      Optional<List<ChannelSection>> mattermost,
      Optional<List<ChannelSection>> ntfy) {
    List<Recipient> all = new ArrayList<>();
    all.addAll(read("mail", mail, MailSection::mail));
    all.addAll(read("slack", slack, ChannelSection::slack));
    all.addAll(read("mattermost", mattermost, ChannelSection::mattermost));
    all.addAll(read("ntfy", ntfy, ChannelSection::ntfy));
    return all;
  }

  /** Reads the recipients of a service. The message of the exception says which one is wrong. */
  private static <T> List<Recipient> read(
      String service, Optional<List<T>> sections, Function<T, Recipient> reading) {
    List<Recipient> read = new ArrayList<>();
    for (T section : sections.orElse(List.of())) {
      try {
        read.add(reading.apply(section));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s%s: %s".formatted(service, LabConfiguration.entry(read.size()), e.getMessage()), e);
      }
    }
    return read;
  }

  private static Optional<DailyTime> time(Optional<String> daily) {
    return daily.map(
        text -> {
          try {
            return new DailyTime(LocalTime.parse(text), ZoneId.systemDefault());
          } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                "daily must be a time HH:MM in quotes, such as \"07:30\", but is '%s'"
                    .formatted(text));
          }
        });
  }
}
