/** What a lab offers: networks, data sets, weights, and preset sweeps. */
@NullMarked
package org.bagnetlab.server.catalogue;

import org.jspecify.annotations.NullMarked;
