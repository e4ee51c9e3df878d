/** Trains a network, measures it, and saves what another worker needs to resume it. */
package org.bagnetlab.worker.train;
