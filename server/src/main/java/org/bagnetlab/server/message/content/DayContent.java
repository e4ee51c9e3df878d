package org.bagnetlab.server.message.content;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.server.disk.ByteSize;
import org.bagnetlab.server.disk.DiskState;
import org.bagnetlab.server.message.Content;
import org.bagnetlab.server.message.MessageContent.Day;
import org.bagnetlab.server.results.digest.Digest;
import org.bagnetlab.server.results.digest.DigestText;

/**
 * What a daily message says: what finished, which sweeps ended, what failed and why, the best runs,
 * the cost, the time left, the disk.
 *
 * @param digest what ran since the last message
 * @param end when the waiting and running jobs will have ended; empty if that is not known
 * @param disk the state of the disk
 * @param zone the time zone of the messages
 */
record DayContent(Digest digest, Optional<Instant> end, DiskState disk, ZoneId zone) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);

  Day day() {
    return isQuiet()
        ? new Day("Nothing ran since %s.".formatted(since()), Content.NONE)
        : new Day(
            first(), new Content(sentences(), List.of(), Optional.empty(), Optional.of(digest)));
  }

  private boolean isQuiet() {
    return ended() == 0
        && digest.deviceSeconds() == 0
        && digest.open() + digest.held() == 0
        && disk.warning().isEmpty();
  }

  private int ended() {
    return digest.finished() + digest.cancelled() + digest.pruned() + failed();
  }

  private int failed() {
    return digest.failed().stream().mapToInt(Digest.Failed::jobs).sum();
  }

  private String since() {
    return DATE.format(digest.since().atZone(zone));
  }

  private String first() {
    if (ended() == 0) {
      return "Nothing finished since %s.".formatted(since());
    }
    List<String> counts = new ArrayList<>();
    counts.add(
        "%s succeeded%s".formatted(jobs(digest.finished()), DigestText.learntNothing(digest)));
    if (failed() > 0) {
      counts.add(failed() + " failed");
    }
    if (digest.cancelled() > 0) {
      counts.add(digest.cancelled() + " cancelled");
    }
    if (digest.pruned() > 0) {
      counts.add(digest.pruned() + " pruned");
    }
    return "%s since %s.".formatted(String.join(", ", counts), since());
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>(DigestText.sweeps(digest.sweeps()));
    sentences.addAll(DigestText.failures(digest.failed()));
    sentences.addAll(DigestText.resumed(digest.resumed()));
    sentences.addAll(DigestText.best(digest.best()));
    DigestText.cost(digest).ifPresent(sentences::add);
    sentences.add(queue());
    sentences.addAll(DigestText.heldSweeps(digest));
    sentences.add(
        disk.warning()
            .orElse(
                "The disk has %s of %s free."
                    .formatted(
                        ByteSize.text(disk.space().free()), ByteSize.text(disk.space().total()))));
    return sentences;
  }

  private String queue() {
    String jobs = DigestText.queue(digest) + DigestText.held(digest);
    if (digest.open() == 0) {
      return jobs + ".";
    }
    return "%s; %s."
        .formatted(
            jobs,
            end.map(time -> "done about %s".formatted(DATE.format(time.atZone(zone))))
                .orElse("how long that will take is not known yet"));
  }

  private static String jobs(int number) {
    return number == 1 ? "1 job" : number + " jobs";
  }
}
