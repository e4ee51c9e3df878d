package org.bagnetlab.protocol;

import java.util.List;

/**
 * A processor.
 *
 * @param model the manufacturer's name for it
 * @param instructions the sets of vector and matrix instructions that it has, by Linux' names
 */
public record Cpu(String model, List<String> instructions) {}
