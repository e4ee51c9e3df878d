package org.bagnetlab.queue.spec;

import java.util.Optional;
import org.bagnetlab.protocol.JobSpec;

/**
 * A job that somebody asks for.
 *
 * @param spec what to do
 * @param title for people
 * @param sweep the sweep it belongs to
 */
public record JobRequest(JobSpec spec, String title, Optional<String> sweep) {}
