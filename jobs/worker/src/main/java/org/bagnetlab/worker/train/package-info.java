/** Trains a network, measures it, and saves what another worker needs to resume it. */
@NullMarked
package org.bagnetlab.worker.train;

import org.jspecify.annotations.NullMarked;
