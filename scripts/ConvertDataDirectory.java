import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.storage.StorageException;
import org.bagnetlab.storage.database.Database;
import org.bagnetlab.storage.directory.DirectoryLock;
import org.bagnetlab.storage.directory.FileTree;

/**
 * Converts a data directory of schema 16, the last before the first release, to the only schema of
 * this version. All rows are copied into a new database, with these changes: specifications contain
 * the values that were omitted and have their parameters in the current order, and four names of
 * the schema are replaced by plainer ones. To be deleted after the first release.
 */
public final class ConvertDataDirectory {

  private static final String LAST = "16";
  private static final String HISTORY = "flyway_schema_history";

  /** The tables of later schemas, which begin empty. */
  private static final Set<String> LATER = Set.of("TRIALS", "MIRRORED", "COSTS", "GPU_READINGS");

  /** The tables that later schemas extend. */
  private static final Set<String> EXTENDED = Set.of("JOBS", "SWEEPS", "NOTIFIED");

  /** The columns of later schemas, which begin empty, or with their default. */
  private static final Set<String> LATER_COLUMNS =
      Set.of(
          "CODE",
          "REPRODUCES",
          "ORIGIN_LAB",
          "ORIGIN_JOB",
          "ALONE",
          "MEMORY_HASH",
          "GRANTED_SECONDS",
          "DAILY_AT");

  /** Renamed tables and columns: the old and the new names. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "TOLD", "NOTIFIED",
          "TOLD_END", "NOTIFIED_END",
          "TOLD_STOP", "NOTIFIED_STOP",
          "WEBHOOK", "RECIPIENT");

  /** Removed columns: when to send a notification again, which the server now decides itself. */
  private static final Set<String> DROPPED = Set.of("ATTEMPTS", "DUE_AT");

  /** Values of parameters that old specifications omit, by kind of job; empty key for any kind. */
  private static final Map<String, Map<String, Object>> LEFT_OUT =
      Map.of(
          "train", Map.of("precision", "fp32", "duplicates", "keep", "sparsity", 0.0),
          "heatmap", Map.of("mode", "faithful", "classes", "one", "scale", "own"),
          "", Map.of("subsetSeed", 1));

  /** The directory cannot be converted; the message is one line. */
  private static final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    Refused(String message, Object... arguments) {
      super(message.formatted(arguments));
    }
  }

  private final Path store;
  private final Path kept;
  private final Path converted;
  private final List<Long> unknown = new ArrayList<>();
  private long jobs;

  private ConvertDataDirectory(Path directory) throws Refused, IOException {
    Path name = directory.resolve("database").resolve("bagnetlab.mv.db");
    if (!Files.isRegularFile(name)) {
      throw new Refused("%s is not a data directory: %s is missing.", directory, name);
    }
    store = name.toRealPath(); // it may be a link, which is kept as a link
    kept = store.resolveSibling("bagnetlab-schema-" + LAST + ".mv.db");
    converted = store.resolveSibling("bagnetlab-converted.mv.db");
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1 || arguments[0].startsWith("-")) {
      System.err.println("Usage: scripts/convert-data-directory DIR");
      System.exit(2);
    }
    try {
      new ConvertDataDirectory(Path.of(arguments[0])).convert(Path.of(arguments[0]));
    } catch (Refused | StorageException | IOException | SQLException e) {
      System.err.println("convert-data-directory: " + e.getMessage());
      System.exit(1);
    }
  }

  private void convert(Path directory) throws Exception {
    DirectoryLock lock = DirectoryLock.of(directory);
    try (lock) {
      try (Connection old = connect(store)) {
        requireLastSchema(old);
      }
      if (Files.exists(kept)) {
        throw new Refused("%s is in the way: it is the database before a conversion.", kept);
      }
      // H2 writes to a database file when opening it, so it is copied before it is opened again.
      Files.copy(store, kept, StandardCopyOption.COPY_ATTRIBUTES);
      try {
        writeConverted();
      } catch (Exception | Error e) {
        Files.deleteIfExists(converted);
        Files.delete(kept);
        throw e;
      }
      FileTree.sync(kept);
      FileTree.sync(converted);
      Files.setPosixFilePermissions(converted, Files.getPosixFilePermissions(store));
      Files.move(converted, store, StandardCopyOption.ATOMIC_MOVE);
      FileTree.sync(store.getParent());
    }
    System.out.printf("Converted %s: %d jobs. Its database is kept as %s.%n", directory, jobs, kept);
    if (!unknown.isEmpty()) {
      System.out.printf(
          "Trainings whose images were resized in floating point or scrambled by the names of images,"
              + " as earlier versions did: %s. They and their files stay; tables leave them out.%n",
          unknown);
    }
  }

  private void writeConverted() throws Exception {
    try (Connection old = connect(store)) {
      Files.deleteIfExists(converted);
      Database.open(withoutSuffix(converted)).close();
      try (Connection now = connect(converted)) {
        now.setAutoCommit(false);
        execute(now, "SET REFERENTIAL_INTEGRITY FALSE");
        Set<String> tables = tables(now);
        requireEqual("tables", tables(old), tables);
        for (String table : tables) {
          copy(old, now, table);
        }
        execute(now, "SET REFERENTIAL_INTEGRITY TRUE");
        now.commit();
      }
    }
  }

  private static Path withoutSuffix(Path store) {
    return store.resolveSibling(String.valueOf(store.getFileName()).replace(".mv.db", ""));
  }

  private static Connection connect(Path store) throws SQLException, Refused {
    try {
      return DriverManager.getConnection(
          "jdbc:h2:file:%s;IFEXISTS=TRUE;TRACE_LEVEL_FILE=0"
              .formatted(withoutSuffix(store.toAbsolutePath()).toString().replace(";", "\\;")),
          "sa",
          "");
    } catch (SQLException e) {
      throw new Refused("The database %s cannot be opened: %s", store, e.getMessage());
    }
  }

  private void requireLastSchema(Connection old) throws SQLException, Refused {
    List<String> scripts;
    try {
      scripts =
          strings(old, "SELECT \"script\" FROM \"%s\" ORDER BY \"installed_rank\"".formatted(HISTORY));
    } catch (SQLException e) {
      throw new Refused("%s is not a database of Bagnet Lab.", store);
    }
    if (scripts.contains("V1__schema.sql")) {
      throw new Refused("%s has the schema of this version: there is nothing to convert.", store);
    }
    String last = scripts.isEmpty() ? "none" : scripts.getLast().replaceAll("^V(\\d+)__.*", "$1");
    if (!last.equals(LAST)) {
      throw new Refused(
          "%s has schema %s, and only %s can be converted: start the last commit before the squashed"
              + " schema on the directory once, which brings it there.",
          store, last, LAST);
    }
  }

  private static Set<String> tables(Connection connection) throws SQLException {
    Set<String> tables = new TreeSet<>();
    for (String table :
        strings(
            connection,
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'")) {
      if (!table.equals(HISTORY) && !LATER.contains(table)) {
        tables.add(RENAMED.getOrDefault(table, table));
      }
    }
    return tables;
  }

  /** The columns of a table, with their current names. */
  private static Set<String> columns(Connection connection, String table) throws SQLException {
    Set<String> columns = new TreeSet<>();
    for (String column :
        strings(
            connection,
            ("SELECT column_name FROM information_schema.columns WHERE table_schema = 'PUBLIC'"
                    + " AND table_name = '%s' AND is_generated = 'NEVER'")
                .formatted(table))) {
      if ((!table.equals("DELIVERIES") || !DROPPED.contains(column))
          && (!EXTENDED.contains(table) || !LATER_COLUMNS.contains(column))) {
        columns.add(RENAMED.getOrDefault(column, column));
      }
    }
    return columns;
  }

  private static String before(String name) {
    return RENAMED.entrySet().stream()
        .filter(renamed -> renamed.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(name);
  }

  private static void requireEqual(String what, Set<String> before, Set<String> now)
      throws Refused {
    if (!before.equals(now)) {
      throw new Refused("The %s of the database are %s, and not %s.", what, before, now);
    }
  }

  private void copy(Connection old, Connection now, String table) throws Exception {
    List<String> columns = List.copyOf(columns(now, table));
    requireEqual("columns of " + table, columns(old, before(table)), Set.copyOf(columns));
    // Deletes the row that a new database contains initially.
    execute(now, "DELETE FROM " + table);
    String insert =
        "INSERT INTO %s (\"%s\") OVERRIDING SYSTEM VALUE VALUES (%s)"
            .formatted(
                table,
                String.join("\", \"", columns),
                String.join(", ", Collections.nCopies(columns.size(), "?")));
    String select =
        "SELECT \"%s\" FROM %s"
            .formatted(
                String.join("\", \"", columns.stream().map(c -> before(c)).toList()),
                before(table));
    try (Statement query = old.createStatement();
        ResultSet rows = query.executeQuery(select);
        PreparedStatement row = now.prepareStatement(insert)) {
      while (rows.next()) {
        for (int i = 0; i < columns.size(); i++) {
          row.setObject(i + 1, converted(table, columns.get(i), rows, rows.getObject(i + 1)));
        }
        row.execute();
      }
    }
    String count = "SELECT COUNT(*) FROM ";
    requireEqual(
        "rows of " + table,
        Set.copyOf(strings(old, count + before(table))),
        Set.copyOf(strings(now, count + table)));
    if (columns.contains("ID") && !table.equals("DELIVERIES")) {
      continueNumbers(old, now, table);
    }
  }

  private static void continueNumbers(Connection old, Connection now, String table)
      throws SQLException {
    String next =
        strings(
                old,
                ("SELECT identity_base FROM information_schema.columns WHERE table_schema ="
                        + " 'PUBLIC' AND table_name = '%s' AND column_name = 'ID'")
                    .formatted(table))
            .getFirst();
    execute(now, "ALTER TABLE %s ALTER COLUMN id RESTART WITH %s".formatted(table, next));
  }

  private Object converted(String table, String column, ResultSet row, Object value)
      throws SQLException, JsonProcessingException {
    if (value == null) {
      return null;
    }
    return switch (table + "." + column) {
      case "JOBS.SPEC" -> specification(row.getLong("ID"), value.toString());
      case "JOBS.CAUSE_CODE", "TRANSITIONS.CAUSE_CODE", "SWEEPS.HOLD_CODE", "SWEEPS.NOTIFIED_STOP" ->
          value.equals("legacy") ? "error" : value;
      case "JOBS.CAUSE_ARGUMENTS", "TRANSITIONS.CAUSE_ARGUMENTS", "SWEEPS.HOLD_ARGUMENTS" ->
          Json.line(arguments((ObjectNode) Json.MAPPER.readTree(value.toString())));
      default -> value;
    };
  }

  /** Converts a message from before error codes existed to an error whose detail is the message. */
  private static ObjectNode arguments(ObjectNode stored) {
    if (stored.size() == 1 && stored.has("text")) {
      return stored.objectNode().put("detail", stored.path("text").asText()).put("error", "unknown");
    }
    for (JsonNode argument : stored) {
      if (argument instanceof ObjectNode cause && cause.path("code").asText().equals("legacy")) {
        cause.put("code", "error");
        cause.set("arguments", arguments((ObjectNode) cause.get("arguments")));
      }
    }
    return stored;
  }

  /** A job's specification with all values, in the order in which they are now stored. */
  private String specification(long job, String stored) throws JsonProcessingException {
    jobs++;
    ObjectNode specification = (ObjectNode) Json.MAPPER.readTree(stored);
    String kind = specification.path("kind").asText();
    if (Experiments.find(kind).isEmpty()) {
      return stored; // of a module that is not installed
    }
    List<String> names =
        Experiments.find(kind).get().parameters().stream().map(Parameter::name).toList();
    for (String each : List.of(kind, "")) {
      LEFT_OUT
          .getOrDefault(each, Map.of())
          .forEach(
              (name, value) -> {
                if (names.contains(name) && !specification.has(name)) {
                  specification.putPOJO(name, value);
                }
              });
    }
    if (kind.equals(TrainExperiment.NAME)
        && !specification.path("preparation").asText().equals("pillow")) {
      // This version does not know the new parameter: it lists such a job, but pools it with none.
      specification.remove("preparation");
      specification.put("earlierPreparation", "floating-point");
      unknown.add(job);
    }
    ObjectNode ordered = Json.MAPPER.createObjectNode().put("kind", kind);
    for (String name : names) {
      if (specification.has(name)) {
        ordered.set(name, specification.get(name));
      }
    }
    specification.properties().forEach(field -> ordered.putIfAbsent(field.getKey(), field.getValue()));
    return Json.line(Experiments.canonical(Experiments.read((ObjectNode) Json.MAPPER.readTree(Json.line(ordered)))));
  }

  private static List<String> strings(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> strings = new ArrayList<>();
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
      return strings;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
