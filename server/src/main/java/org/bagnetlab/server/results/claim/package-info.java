/** The report's claims, what each predicts for the runs of a setting, and how these judge it. */
@NullMarked
package org.bagnetlab.server.results.claim;

import org.jspecify.annotations.NullMarked;
