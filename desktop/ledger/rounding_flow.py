"""The network behind balanced rounding: figures rounded down or up so that nothing is lost.

Every edge carries one figure, and may carry it rounded down or up to a whole number of steps; every
node passes on what enters it. Rounding where it is cheapest and then sending what is over along the
cheapest ways to where it lacks (successive shortest paths) gives the cheapest such flow.
"""

from __future__ import annotations

from collections.abc import Hashable
from heapq import heappop, heappush


class Network:
    """Edges are numbered in the order in which they were made; ``printed`` is what each carries."""

    def __init__(self, step: int) -> None:
        self.step = step
        self.printed: list[int] = []
        self._nodes: dict[Hashable, int] = {}
        self._edges: dict[tuple[int, int], int] = {}
        self._ends: list[tuple[int, int]] = []
        self._cost: list[int] = []  # of rounding up instead of down
        self._up: list[bool] = []
        self._loose: list[list[int]] = []  # for each node its edges that are not exact

    def edge(self, tail: Hashable, head: Hashable, true: int, scale: int, bias: int) -> int:
        """The number of the edge from ``tail`` to ``head``, made once.

        ``true``: the figure, in parts of which ``step`` make one. Rounding it up instead of down
        costs ``scale`` for every part that it adds to the error, and ``bias``.
        """
        ends = self._node(tail), self._node(head)
        number = self._edges.setdefault(ends, len(self._ends))
        if number == len(self._ends):
            floor, rest = divmod(true, self.step)
            cost = (self.step - 2 * rest) * scale + bias
            up = rest > 0 and cost < 0
            self._ends.append(ends)
            self._cost.append(cost)
            self._up.append(up)
            self.printed.append(floor + up)
            for node in ends if rest else ():
                self._loose[node].append(number)
        return number

    def _node(self, name: Hashable) -> int:
        number = self._nodes.setdefault(name, len(self._nodes))
        if number == len(self._loose):
            self._loose.append([])
        return number

    def settle(self, source: Hashable, sink: Hashable, amount: int) -> None:
        """Make ``amount`` flow from ``source`` to ``sink`` at the least cost.

        A flow between the true figures rounded down and up has to exist.
        """
        surplus = [0] * len(self._nodes)
        surplus[self._nodes[source]] += amount
        surplus[self._nodes[sink]] -= amount
        for (tail, head), flow in zip(self._ends, self.printed, strict=True):
            surplus[tail] -= flow
            surplus[head] += flow
        height = [0] * len(surplus)
        for node in range(len(surplus)):
            while surplus[node] > 0:
                surplus[node] -= 1
                surplus[self._push(node, surplus, height)] += 1

    def _push(self, start: int, surplus: list[int], height: list[int]) -> int:
        """Send one from ``start`` the cheapest way to a node that lacks one; returns that node.

        Dijkstra's algorithm; ``height``, which it keeps up, makes all costs non-negative.
        """
        distance = {start: 0}
        arrived: dict[int, int] = {}
        way: dict[int, int] = {}
        queue = [(0, start)]
        while True:
            so_far, node = heappop(queue)
            if node in arrived:
                continue
            if surplus[node] < 0:
                break
            arrived[node] = so_far
            for number in self._loose[node]:
                tail, head = self._ends[number]
                up = self._up[number]
                if up == (node == tail):  # full this way: up goes forward, down goes back
                    continue
                onward = tail if up else head
                cost = -self._cost[number] if up else self._cost[number]
                reach = so_far + cost + height[node] - height[onward]
                if onward not in arrived and reach < distance.get(onward, reach + 1):
                    distance[onward] = reach
                    way[onward] = number
                    heappush(queue, (reach, onward))
        for passed, at in arrived.items():
            height[passed] += at - so_far
        end = node
        while node != start:
            number = way[node]
            self.printed[number] += -1 if self._up[number] else 1
            self._up[number] = not self._up[number]
            tail, head = self._ends[number]
            node = tail if node == head else head
        return end
