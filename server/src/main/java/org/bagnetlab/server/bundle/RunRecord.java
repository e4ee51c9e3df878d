package org.bagnetlab.server.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.job.Origin;
import org.bagnetlab.storage.run.EpochRow;

/**
 * A job that succeeded, with all that its lab stores about it, for another lab.
 *
 * @param format version of this form
 * @param job its id in the lab that wrote the record; specifications of other records refer to it
 * @param origin where it was run
 * @param spec its specification
 * @param settings all settings, also those that the specification leaves out, for readers
 * @param title for users
 * @param startedAt when it last started
 * @param worker facts about the process that ran it, if known
 * @param code digest of the code that computed it; several, joined by commas, if other code resumed
 *     it; empty if unknown
 * @param epochs the epochs of a training
 * @param results the numbers that it measured
 * @param files its files, which need not be in the bundle
 * @param tags tags given by users
 * @param note note written by users
 */
public record RunRecord(
    int format,
    long job,
    Origin origin,
    ObjectNode spec,
    ObjectNode settings,
    String title,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt,
    Optional<ObjectNode> worker,
    Optional<String> code,
    List<EpochRow> epochs,
    List<Value> results,
    List<RecordedFile> files,
    List<String> tags,
    Optional<String> note) {

  /** The folder of all runs in a bundle. */
  static final String FOLDER = "runs/";

  /** The version of the form that this class writes and reads. */
  public static final int FORMAT = 1;

  /** Writes and reads records: instants in ISO 8601 format, NaN and infinities as text. */
  public static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new IsoInstant()))
          .build();

  /**
   * A number that the job measured.
   *
   * @param axes its position on the axes of the output
   * @param images number of images that it was measured on, if any
   */
  public record Value(
      String output,
      String metric,
      String set,
      ObjectNode axes,
      double value,
      Optional<Integer> images) {}

  /**
   * A file of the job.
   *
   * @param id of the artifact in the lab that wrote the record
   * @param output the output of the experiment that it belongs to, if any
   * @param sha256 of its bytes, 64 hexadecimal digits
   * @param size in bytes
   * @param facts its metadata
   */
  public record RecordedFile(
      long id,
      String name,
      String kind,
      Optional<String> output,
      String mediaType,
      String sha256,
      long size,
      Map<String, String> facts,
      Instant createdAt) {}

  /** This record without what fills most of it. */
  public RunRecord withoutNumbers() {
    return new RunRecord(
        format, job, origin, spec, settings, title, createdAt, startedAt, endedAt, worker, code,
        List.of(), List.of(), files, tags, note);
  }

  /** The path of a file in a bundle. */
  public String path(RecordedFile file) {
    return directory(job) + "files/" + file.name();
  }

  /** The path of this record in a bundle. */
  public String path() {
    return path(job);
  }

  /** The path of the record of a job in a bundle. */
  public static String path(long job) {
    return directory(job) + "run.json";
  }

  private static String directory(long job) {
    return FOLDER + job + "/";
  }

  private static final class IsoInstant extends StdDeserializer<Instant> {

    private static final long serialVersionUID = 1;

    IsoInstant() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      try {
        return Instant.parse(json.getText());
      } catch (DateTimeException e) {
        return (Instant)
            context.handleWeirdStringValue(Instant.class, json.getText(), "not a time");
      }
    }
  }
}
