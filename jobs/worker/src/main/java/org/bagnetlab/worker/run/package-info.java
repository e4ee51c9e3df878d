/** What every runner has at hand: its subject, outputs, progress and cancellation. */
@NullMarked
package org.bagnetlab.worker.run;

import org.jspecify.annotations.NullMarked;
