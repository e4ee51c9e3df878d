/**
 * The numbers that experiments found, each with its position: as rows for other programs, as the
 * tables of an experiment, and next to those of the report.
 */
@NullMarked
package org.bagnetlab.server.results.number;

import org.jspecify.annotations.NullMarked;
