package org.bagnetlab.server.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bagnetlab.storage.directory.FileTree;

/**
 * How long the dashboard's requests take, over more and more stored runs. Before each a note on a
 * run is changed: what is computed from all runs would otherwise be remembered.
 */
final class ViewTimes {

  private static final List<Integer> RUNS = List.of(100, 1_000, 10_000);
  private static final int WARM_UP = 40;
  private static final int REQUESTS = 51;
  private static final List<String> VIEWS =
      List.of(
          "comparison?dataset=controlled-15",
          "scrambling",
          "receptive-fields",
          "jobs?limit=50",
          "runs?sort=-test");

  private final LabProcess lab;
  private int notes;

  private ViewTimes(LabProcess lab) {
    this.lab = lab;
  }

  /** Milliseconds to the last byte, and the bytes over the most runs. */
  static MarkdownTable measure() throws IOException, InterruptedException {
    List<String> head = new ArrayList<>(List.of("request"));
    List<List<String>> rows = new ArrayList<>();
    VIEWS.forEach(view -> rows.add(new ArrayList<>(List.of("`GET /api/v1/" + view + "`"))));
    rows.add(new ArrayList<>(List.of("`GET /api/v1/runs/{id}`")));
    for (int runs : RUNS) {
      head.add("%,d runs".formatted(runs));
      List<Answer> answers = measure(runs);
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i).add("%.1f ms".formatted(answers.get(i).milliseconds()));
        if (runs == RUNS.get(RUNS.size() - 1)) {
          rows.get(i).add("%.0f kB".formatted(answers.get(i).bytes() / 1e3));
        }
      }
    }
    head.add("answer");
    return new MarkdownTable(head, rows);
  }

  private record Answer(double milliseconds, int bytes) {}

  private static List<Answer> measure(int runs) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("bagnetlab-growth");
    try {
      StoredRuns.add(data, 0, runs);
      try (LabProcess lab = LabProcess.serve(data)) {
        ViewTimes times = new ViewTimes(lab);
        List<Answer> answers = new ArrayList<>();
        for (String view : VIEWS) {
          answers.add(times.median(view));
        }
        answers.add(times.median("runs/" + runs / 2));
        return answers;
      }
    } finally {
      FileTree.delete(data);
    }
  }

  private Answer median(String path) throws IOException, InterruptedException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < WARM_UP + REQUESTS; i++) {
      lab.note(1, "note " + ++notes);
      long start = System.nanoTime();
      int bytes = lab.bytes(path).length;
      answers.add(new Answer((System.nanoTime() - start) / 1e6, bytes));
    }
    return answers.subList(WARM_UP, answers.size()).stream()
        .sorted(Comparator.comparingDouble(Answer::milliseconds))
        .toList()
        .get(REQUESTS / 2);
  }
}
