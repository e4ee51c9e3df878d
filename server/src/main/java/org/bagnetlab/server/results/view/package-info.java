/**
 * Views of the stored runs: which part of one is requested, how it is computed, written and kept in
 * memory.
 */
@NullMarked
package org.bagnetlab.server.results.view;

import org.jspecify.annotations.NullMarked;
