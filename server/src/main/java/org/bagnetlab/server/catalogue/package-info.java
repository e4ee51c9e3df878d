/** What the lab offers: networks, data sets and weights, and the sweeps that come with it. */
@NullMarked
package org.bagnetlab.server.catalogue;

import org.jspecify.annotations.NullMarked;
