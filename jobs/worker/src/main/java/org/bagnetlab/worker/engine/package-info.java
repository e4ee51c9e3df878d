/** The computing engine of this process. */
@NullMarked
package org.bagnetlab.worker.engine;

import org.jspecify.annotations.NullMarked;
