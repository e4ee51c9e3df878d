/** Views of the stored runs: how a part of one is requested, computed, written and cached. */
package org.bagnetlab.server.results.view;
