/** The common context of all runners: subject, outputs, progress and cancellation. */
@NullMarked
package org.bagnetlab.worker.run;

import org.jspecify.annotations.NullMarked;
