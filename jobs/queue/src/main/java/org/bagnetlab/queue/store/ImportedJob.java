package org.bagnetlab.queue.store;

import java.util.List;
import org.bagnetlab.storage.annotation.AnnotationRow;
import org.bagnetlab.storage.artifact.ArtifactRow;
import org.bagnetlab.storage.job.ImportedJobRow;
import org.bagnetlab.storage.result.ResultRow;
import org.bagnetlab.storage.run.EpochRow;

/**
 * A job that succeeded in another lab, with all that is stored about it.
 *
 * @param files files that are already in place
 */
public record ImportedJob(
    ImportedJobRow row,
    List<EpochRow> epochs,
    List<ResultRow> results,
    List<ArtifactRow> files,
    AnnotationRow annotation) {}
