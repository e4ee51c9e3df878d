package org.bagnetlab.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bagnetlab.queue.device.GpuEngines;
import org.bagnetlab.queue.device.GpuSlots;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;
import org.bagnetlab.queue.rule.FlatRule;
import org.bagnetlab.queue.rule.IdleRule;
import org.bagnetlab.queue.rule.JobPolicy;
import org.bagnetlab.queue.rule.RuleAction;
import org.bagnetlab.queue.run.WorkerLimits;
import org.bagnetlab.queue.window.JobWindows;
import org.bagnetlab.server.disk.DiskLimits;
import org.bagnetlab.server.housekeeping.HousekeepingSettings;
import org.bagnetlab.server.message.NoticeKind;
import org.bagnetlab.server.mirror.MlflowAddress;
import org.bagnetlab.server.notification.DailyTime;
import org.bagnetlab.server.notification.MessageSettings;
import org.bagnetlab.server.notification.recipient.Recipient;
import org.bagnetlab.server.results.run.Pooling;
import org.bagnetlab.server.retention.CheckpointsOf;
import org.bagnetlab.server.retention.RetentionRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LabConfigurationTests {

  @TempDir private Path directory = Path.of("");

  private LabConfiguration read(String text) throws IOException {
    Files.writeString(directory.resolve(LabConfiguration.FILE), text);
    return LabConfiguration.in(directory);
  }

  private void assertRefused(String text, String... why) {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> read(text))
        .withMessageContainingAll(why)
        .withMessageContaining(LabConfiguration.FILE);
  }

  private static GpuEngines engines(String... classPaths) {
    return GpuEngines.of(Set.of(classPaths), new SharedLibraries(List.of()));
  }

  @Test
  void withoutAFileOrWithAnEmptyOneEverythingIsStandard() throws IOException {
    assertThat(LabConfiguration.in(directory)).isEqualTo(LabConfiguration.standard());
    assertThat(read("")).isEqualTo(LabConfiguration.standard());
    assertThat(read("# nothing yet\n")).isEqualTo(LabConfiguration.standard());
    assertThat(read("workers: {}\n").workers().limits()).isEqualTo(WorkerLimits.standard());
  }

  @Test
  void whatIsSaidHolds() throws IOException {
    WorkerLimits limits =
        read("""
                workers:
                  silence: 90s
                  checkpointEvery: 10m
                  attempts: 2
                  retryAfter: 1h
                """)
            .workers()
            .limits();
    assertThat(limits.silence()).isEqualTo(Duration.ofSeconds(90));
    assertThat(limits.checkpoints()).isEqualTo(Duration.ofMinutes(10));
    assertThat(limits.retryPolicy().attempts()).isEqualTo(2);
    assertThat(limits.retryPolicy().longest()).isEqualTo(Duration.ofHours(1));
    assertThat(limits.cancelGrace()).isEqualTo(WorkerLimits.standard().cancelGrace());
  }

  @Test
  void tablesAverageRunsOfTheSameCodeUnlessAskedForMore() throws IOException {
    assertThat(LabConfiguration.standard().results().pooled()).isEqualTo(Pooling.BY_CODE);
    assertThat(read("results: {pool: across-code}\n").results().pooled())
        .isEqualTo(Pooling.ACROSS_CODE);
  }

  @Test
  void trainingsAreCopiedToATrackingServerIfAskedFor() throws IOException {
    assertThat(LabConfiguration.standard().housekeeping().mirror()).isEmpty();
    assertThat(
            read("mirror: {mlflow: 'http://127.0.0.1:5000', token: s3cret}\n")
                .housekeeping()
                .mirror())
        .contains(MlflowAddress.of("http://127.0.0.1:5000/", Optional.of("s3cret")));
    assertRefused("mirror: {mlflow: 'ftp://x'}\n", "mirror", "address of a tracking server");
    assertRefused("mirror: {token: s3cret}\n", "mirror", "token needs an mlflow address");
  }

  @Test
  void workersAreToldWhichAlgorithmsToUse() throws IOException {
    assertThat(read("devices: {algorithms: fastest}\n").devices().workerOptions())
        .containsExactly("-Dbagnetlab.algorithms=fastest");
    assertThat(LabConfiguration.standard().devices().workerOptions()).isEmpty();
  }

  @Test
  void slotsOfGpusAreANumberOrMeasured() throws IOException {
    assertThat(read("devices: {slots: 3}\n").devices().gpuSlots()).isEqualTo(GpuSlots.equal(3));
    assertThat(read("devices: {slots: auto}\n").devices().gpuSlots())
        .isEqualTo(GpuSlots.byMeasurement());
    assertThat(LabConfiguration.standard().devices().gpuSlots()).isEqualTo(GpuSlots.ONE);
    assertRefused("devices: {slots: 17}\n", "slots must be a number from 1 to 16 or auto", "17");
    assertRefused("devices: {slots: many}\n", "slots must be a number from 1 to 16 or auto");
  }

  @Test
  void jobsRunInWindows() throws IOException {
    JobWindows windows = read("windows: {gpu: '20:00-08:00', weekend: all}\n").policy().windows();
    assertThat(windows.gpu()).hasToString("from 20:00 to 08:00 and on weekends");
    assertThat(windows.gpu().zone()).isEqualTo(ZoneId.systemDefault());
    assertThat(windows.cpu()).hasToString("at any time");
    assertThat(LabConfiguration.standard().policy().windows().gpu()).hasToString("at any time");
    // Without quotes YAML 1.1 would read some times as numbers of base 60.
    assertThat(read("windows: {cpu: 20:00-08:00}\n").policy().windows().cpu())
        .hasToString("from 20:00 to 08:00");
    assertRefused("windows: {gpu: 8-20}\n", "windows", "two times of day", "8-20");
    assertRefused(
        "windows: {gpu: '20:00-08:00', weekend: none}\n", "windows", "weekend must be all");
    assertRefused("windows: {weekend: all}\n", "windows", "weekend needs a window");
  }

  @Test
  void rulesFindJobs() throws IOException {
    JobPolicy found =
        read("rules: {idle: {below: 5.5%, for: 20m, do: stop}, flat: {epochs: 3}}\n").policy();
    assertThat(found.idle()).contains(new IdleRule(.055, Duration.ofMinutes(20), RuleAction.STOP));
    assertThat(found.flat()).contains(new FlatRule(3, RuleAction.REPORT));
    assertThat(read("rules: {idle: {}}\n").policy().idle())
        .contains(new IdleRule(.1, Duration.ofMinutes(10), RuleAction.REPORT));
    assertThat(LabConfiguration.standard().policy())
        .isEqualTo(
            new JobPolicy(
                LabConfiguration.standard().policy().windows(),
                Optional.empty(),
                Optional.empty()));
    assertRefused("rules: {idle: {below: 0.1}}\n", "rules.idle", "10%", "0.1");
    assertRefused("rules: {idle: {for: 5s}}\n", "rules.idle", "1m or more");
    assertRefused("rules: {flat: {do: kill}}\n", "rules.flat", "report or stop", "kill");
    assertRefused("rules: {flat: {epochs: 1}}\n", "rules.flat", "from 2 to 1000");
  }

  @Test
  void whatMakesNoSenseIsRefusedByItsPlace() {
    assertRefused("workers:\n  silense: 90s\n", "workers.silense", "retryAfter, silence, stall");
    assertRefused("workers:\n  silence: soon\n", "workers.silence", "90s", "soon");
    assertRefused("workers:\n  attempts: -1\n", "attempts must be from 0");
    assertRefused("workers: a: b\n", "invalid YAML");
    assertRefused("workers:\n  grace: 9s\ndisk:\n  quota: 1GB\n  grace: 9s\n", "disk.grace");
    assertRefused("disk:\n  quota: much\n", "disk.quota", "50GB", "much");
    assertRefused("disk:\n  quota: 0GB\n", "disk", "no job could start");
    assertRefused("disk:\n  warnAt: 80\n", "disk", "0.8");
    assertRefused("retention:\n  checkpointsOf: some\n", "retention.checkpointsOf", "some");
    assertRefused("retention:\n  keepFor: 9d\n", "retention", "bestOfConfiguration");
    assertRefused("disk: {quota: 10}\n", "disk.quota", "must be a size with its unit");
    assertRefused("disk: 5GB\n", "disk: must be a mapping of settings");
    assertRefused("workers: {silence: 5}\n", "workers.silence", "with its unit, such as 90s");
    assertRefused("slurm: {slots: many}\n", "slurm.slots: must be a whole number");
    assertRefused(
        "retention: {checkpointsOf: best}\n", "must be one of [\"all\",\"bestOfConfiguration\"]");
    assertRefused("devices: {engine: cuda}\n", "devices", "engine must be torch or nd4j");
    assertRefused(
        "devices: {algorithms: quick}\n", "devices", "algorithms must be repeatable or fastest");
    assertRefused("results: {pool: all}\n", "results", "pool must be by-code or across-code");
    assertRefused("address: lab.example\n", "https://lab.example.org/");
    assertRefused("webhooks: lab\n", "webhooks: must be a list, such as [a, b]");
    assertRefused("- disk\n", LabConfiguration.FILE + ": must be a mapping of settings");
    assertRefused("disk: {quota: 9999999TB}\n", "disk.quota", "at most 100000 TB", "9999999TB");
  }

  @Test
  void whatIsSaidTwiceIsRefused() {
    assertRefused("disk:\n  quota: 1GB\n  quota: 2GB\n", "line 3", "'quota' appears twice");
    assertRefused("disk: {quota: 1GB}\nworkers: {}\ndisk: {}\n", "line 3", "'disk' appears twice");
  }

  @Test
  void noFileTakesMuchMemoryOrTime() {
    String laughs = "a: &a [ha, ha]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    assertRefused(laughs, "line 2", "aliases such as *a are not read; repeat the value");
    assertRefused("workers: " + "[".repeat(100_000), "more than 16 levels of nesting");
    assertRefused("workers:\n" + "- ".repeat(50_000), "more than 16 levels of nesting");
    assertRefused("disk: [" + "1,".repeat(100_000) + "1]\n", "more than 100000 values");
    assertRefused("#".repeat((1 << 20) + 1), "larger than 1 MiB, the limit of YAML files");
  }

  @Test
  void anEmptyEntryIsRefusedByItsPlace() {
    assertRefused("webhooks:\n  -\n", "webhooks, entry 1: has no value");
    assertRefused("slurm: {arguments: [~]}\n", "slurm.arguments, entry 1: has no value");
  }

  @Test
  void otherEncodingsAreRefused() throws IOException {
    Files.write(
        directory.resolve(LabConfiguration.FILE),
        "address: https://lab.example/b\u00fcro/\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> LabConfiguration.in(directory))
        .withMessageContainingAll(LabConfiguration.FILE, "UTF-8");
  }

  @Test
  void whatIsSaidOfHousekeepingHolds() throws IOException {
    HousekeepingSettings settings =
        read("""
                disk:
                  quota: 50GB
                  reserve: 500 MB
                  warnAt: 0.7
                retention:
                  trainingStates: 12h
                  checkpointsOf: bestOfConfiguration
                  keepFor: 7d
                  quarantine: 90d
                webhooks:
                  - url: https://hooks.example.org/KEY
                    secret: between you and me
                    events: [needs-help]
                  - {url: "http://127.0.0.1:9/all", secret: between us all}
                address: https://lab.example.org
                """)
            .housekeeping();
    assertThat(settings.disk())
        .isEqualTo(
            new DiskLimits(
                Optional.of(50_000_000_000L), Optional.of(500_000_000L), Optional.of(.7)));
    assertThat(settings.retention())
        .isEqualTo(
            new RetentionRules(
                Duration.ofHours(12),
                CheckpointsOf.BEST_OF_CONFIGURATION,
                Duration.ofDays(7),
                Duration.ofDays(90)));
    assertThat(settings.messages().recipients())
        .extracting(Recipient::events)
        .containsExactly(
            Set.of(NoticeKind.NEEDS_HELP),
            Set.of(NoticeKind.NEEDS_HELP, NoticeKind.SWEEP_ENDED, NoticeKind.DAILY));
    assertThat(settings.address()).contains("https://lab.example.org/");
  }

  @Test
  void aWrongWebhookIsRefusedWithoutShowingItsSecrets() {
    String hook = "webhooks:\n  - {url: 'https://h.example/KEY', secret: 'SECRET PHRASE'%s}\n";
    assertRefused(hook.formatted(", events: [dance]"), "webhooks, entry 1", "dance", "sweep-ended");
    assertRefused(
        "webhooks:\n  - {url: 'https://h.example/KEY'}\n", "webhooks, entry 1", "needs a secret");
    String one = "  - {url: 'https://h.example/KEY', secret: 'SECRET PHRASE'}\n";
    assertRefused("webhooks:\n" + one + "  - {}\n", "webhooks, entry 2: a webhook needs a url");
    assertRefused("webhooks:\n" + one + one, "https://h.example ", "same address");
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> read("webhooks:\n" + one + one))
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("KEY", "SECRET"));
  }

  @Test
  void messagesHaveRecipientsAndATime() throws IOException {
    MessageSettings settings =
        read("""
                webhooks:
                  - {url: "http://127.0.0.1:9/all", secret: between us all}
                messages:
                  daily: "07:30"
                  mail:
                    - host: smtp.example.org
                      user: lab
                      password: PASSWORD
                      from: lab@example.org
                      to: [ann@example.org, bob@example.org]
                    - {host: localhost, tls: none, from: a@b.c, to: [d@e.f], events: [daily]}
                    - {host: mail.example.org, tls: implicit, from: a@b.c, to: [d@e.f]}
                  slack:
                    - url: https://hooks.slack.example/services/KEY
                  mattermost:
                    - url: https://chat.example.org/hooks/KEY
                  ntfy:
                    - {url: https://ntfy.example.org/topic, token: TOKEN, events: [needs-help]}
                """)
            .housekeeping()
            .messages();
    assertThat(settings.daily()).map(DailyTime::time).contains(LocalTime.of(7, 30));
    assertThat(settings.recipients())
        .extracting(recipient -> recipient.service() + " " + recipient.host())
        .containsExactly(
            "webhook http://127.0.0.1:9",
            "mail smtp://smtp.example.org:587",
            "mail smtp://localhost:25",
            "mail smtp://mail.example.org:465",
            "slack https://hooks.slack.example",
            "mattermost https://chat.example.org",
            "ntfy https://ntfy.example.org");
    assertThat(settings.recipients().get(2).events()).containsExactly(NoticeKind.DAILY);
    assertThat(settings.toString()).doesNotContain("KEY", "TOKEN", "PASSWORD", "ann@", "between");
  }

  @Test
  void aWrongRecipientIsRefusedWithoutShowingItsSecrets() {
    assertRefused("messages: {daily: 7:30}\n", "messages", "in quotes");
    assertRefused("messages: {daily: half past}\n", "messages", "daily", "'half past'");
    assertRefused("messages: {daily: '07:30'}\n", "daily has no recipient");
    assertRefused(
        "messages: {ntfy: [{url: 'https://h/KEY', events: []}]}\n",
        "ntfy, entry 1: events must name");
    assertRefused(
        "messages: {mail: [{host: h, from: a@b.c, to: [a@b.c], certificate: /none.pem}]}\n",
        "mail, entry 1: the certificate /none.pem cannot be read");
    assertRefused("messages: {slack: [{url: ftp://h/KEY}]}\n", "slack, entry 1: url must be");
    assertRefused(
        "messages: {slack: [{url: 'https://h/KEY', token: TOKEN}]}\n", "slack, entry 1: only ntfy");
    assertRefused(
        "messages: {mail: [{host: h, from: a@b.c, to: [a@b.c], user: lab}]}\n",
        "mail, entry 1: user and password belong together");
    assertRefused(
        "messages: {mail: [{host: h, from: a@b.c, to: [a@b.c], tls: no}]}\n",
        "messages.mail, entry 1, tls: must be");
    assertRefused("messages: {mail: [{host: h, from: a@b.c}]}\n", "mail, entry 1: to must list");
    assertRefused(
        "messages: {mail: [{host: h, from: a@b.c, to: [a@b.c, {}]}]}\n",
        "messages.mail, entry 1, to, entry 2: ");
    assertRefused("messages: {pager: []}\n", "pager", "mattermost");
    String channel =
        "messages:\n  slack:\n    - {url: 'https://h/KEY'}\n    - {url: 'https://h/KEY'}\n";
    assertRefused(channel, "two recipients (slack) at https://h have the same address");
    for (String wrong :
        List.of(channel, "messages: {slack: [{url: 'https://h/KEY', token: TOKEN}]}")) {
      assertThatExceptionOfType(InvalidConfiguration.class)
          .isThrownBy(() -> read(wrong))
          .satisfies(refused -> assertThat(refused.toString()).doesNotContain("KEY", "TOKEN"));
    }
  }

  @Test
  void whatWorkersAskSlurmFor() throws IOException {
    SlurmSection slurm =
        read("""
                slurm:
                  slots: 4
                  partition: gpu
                  gpus: 1
                  cpus: 8
                  memory: 16G
                  time: 1-12:00:00
                  arguments: [--constraint=v100]
                """)
            .slurm();
    assertThat(slurm.workers()).isEqualTo(4);
    assertThat(slurm.backend(engines("cuda"))).isEqualTo("cuda");
    assertThat(slurm.backend(engines("cuda", "torch-cuda"))).isEqualTo("torch-cuda");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> slurm.backend(engines("cpu", "torch")))
        .withMessageContaining("no class path for them");
    assertThat(slurm.memoryBytes()).hasValue(16L << 30);
    assertThat(slurm.request().time()).contains("1-12:00:00");
    assertThat(read("slurm:\n  time: 12:30:00\n").slurm().request().time()).contains("12:30:00");
    SlurmSection standard = read("").slurm();
    assertThat(standard.workers()).isEqualTo(1);
    assertThat(standard.backend(engines())).isEqualTo("cpu");
    assertThat(standard.memoryBytes()).isEmpty();
  }

  @Test
  void whatSlurmCannotUnderstandIsRefused() {
    assertRefused("slurm:\n  slots: 0\n", "slots must be from 1 to 1000");
    assertRefused("slurm:\n  memory: much\n", "memory must be a size", "much");
    assertRefused("slurm:\n  memory: 9999999T\n", "memory must be at most 100000T", "9999999T");
    assertRefused("slurm:\n  time: 2 hours\n", "time must be minutes", "2 hours");
    assertRefused("slurm:\n  partition: a b\n", "partition must be a name");
    assertRefused("slurm:\n  arguments: [nodes]\n", "must start with -", "nodes");
    assertRefused("slurm:\n  queue: long\n", "queue", "partition");
  }
}
