package org.bagnetlab.vision.weights;

import java.util.List;

/**
 * Imported weights in a list.
 *
 * @param name name in requests and results
 * @param checksum SHA-256 of the imported file, 64 hexadecimal digits
 * @param architecture registered name of the network
 * @param width factor on its channel counts
 * @param classes number of classes
 * @param parameters number of learnt values
 * @param source where they come from, as named by the user
 * @param regime how they were trained, for example {@code pretrained}
 * @param format format of the imported file
 * @param size size of the imported file in bytes
 * @param notes notes for users on how they were fitted
 * @param importedAt instant, ISO 8601
 */
public record WeightsFacts(
    String name,
    String checksum,
    String architecture,
    double width,
    int classes,
    long parameters,
    String source,
    String regime,
    String format,
    long size,
    List<String> notes,
    String importedAt) {}
